package io.cipherfield.benchmarks.rotation;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.benchmarks.database.Database;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** Two keys that take turns: each rotation leads to the one that only decrypted in the rotation before. */
final class Rings implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final CipherKey FIRST = key("the first key");
    private static final CipherKey SECOND = key("the second key");

    private final Storage storage;
    private final List<Keyring> rings = List.of(Keyring.of(FIRST, SECOND), Keyring.of(SECOND, FIRST));
    private final List<SessionFactory> factories;
    private final SessionFactory raw;
    private final SessionFactory ofThree;
    private int current;

    Rings(Database database, Storage storage) {
        this.storage = storage;
        boolean text = storage == Storage.TEXT;
        Class<?> entity = text ? TextAccount.class : BinaryAccount.class;
        this.factories =
                List.of(open(database, rings.get(0), entity, "create"), open(database, rings.get(1), entity, "none"));
        this.raw = open(database, rings.get(0), rawEntity(), "none");
        this.ofThree = open(database, rings.get(0), ThreeColumns.entity(storage), "create");
    }

    private static CipherKey key(String text) {
        return CipherKey.of(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), CipherKey.LENGTH_IN_BYTES));
    }

    private static SessionFactory open(Database database, Keyring ring, Class<?> entity, String ddl) {
        return new MetadataSources(new StandardServiceRegistryBuilder()
                        .applySettings(database.settings())
                        .applySetting("hibernate.connection.pool_size", CONNECTIONS)
                        .applySetting("hibernate.hbm2ddl.auto", ddl)
                        .applySetting("hibernate.jdbc.batch_size", "1000")
                        .applySetting(CipherfieldService.CONFIGURATION, CipherfieldConfiguration.of(ring))
                        .build())
                .addAnnotatedClass(entity)
                .buildMetadata()
                .buildSessionFactory();
    }

    Storage storage() {
        return storage;
    }

    EncryptedAccount newAccount() {
        return storage == Storage.TEXT ? new TextAccount() : new BinaryAccount();
    }

    Class<? extends RawAccount> rawEntity() {
        return storage == Storage.TEXT ? RawTextAccount.class : RawBinaryAccount.class;
    }

    /** It encrypts with the key that encrypts at present. */
    SessionFactory factory() {
        return factories.get(current);
    }

    /** The same table without Cipherfield. */
    SessionFactory rawFactory() {
        return raw;
    }

    /** The table of three encrypted columns. */
    SessionFactory factoryOfThree() {
        return ofThree;
    }

    FieldEncryptor encryptor() {
        return FieldEncryptor.of(rings.get(current), Suite.AES_SIV, Account.CONTEXT);
    }

    /** From here on the other key is the one that encrypts. */
    void turn() {
        current = 1 - current;
    }

    @Override
    public void close() {
        factories.forEach(SessionFactory::close);
        raw.close();
        ofThree.close();
    }
}
