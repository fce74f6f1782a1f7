package io.cipherfield.hibernate.internal.query;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Factories over one database with one ring of keys or another. */
final class Rings {

    static final CipherKey OLD = CipherKey.parse("a1".repeat(31) + "00");
    static final CipherKey NEW = CipherKey.parse("b2".repeat(31) + "00");

    private Rings() {}

    /** Creates the tables. */
    static SessionFactory first(TestDatabase.Fresh database, Class<?>... entities) {
        return start(database, CipherfieldConfiguration.of(Keyring.of(OLD)), Map.of(), entities);
    }

    /** Encrypts under the new key and still reads the old one's values; the tables are there. */
    static SessionFactory rotating(TestDatabase.Fresh database, Class<?>... entities) {
        return start(
                database,
                CipherfieldConfiguration.of(Keyring.of(NEW, OLD)),
                Map.of("hibernate.hbm2ddl.auto", "none"),
                entities);
    }

    static SessionFactory start(
            TestDatabase.Fresh database,
            CipherfieldConfiguration configuration,
            Map<String, ?> settings,
            Class<?>... entities) {
        Configuration hibernate = new Configuration();
        hibernate.getProperties().putAll(database.settings());
        hibernate.getProperties().putAll(settings);
        // The start-up check has tests of its own.
        hibernate
                .getProperties()
                .put(CipherfieldService.CONFIGURATION, configuration.withStartupCheck(StartupCheckMode.OFF));
        for (Class<?> entity : entities) {
            hibernate.addAnnotatedClass(entity);
        }
        return hibernate.buildSessionFactory();
    }
}
