package io.cipherfield.hibernate.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.KeyId;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table whose values are all as they must be is told from one that holds anything else, on each database. */
class UnusualValuesTest {

    private static final int ROWS = 60;
    private static final int ROWS_OF_EACH_END = 20;

    private static final CipherKey STRANGE = CipherKey.parse("ee".repeat(31) + "0e");
    private static final CipherKey[] OF_THE_RING = {
        keyWithWildcards(), CipherKey.parse("a1".repeat(31) + "00"),
    };

    @Entity(name = "Visit")
    static class Visit {
        @Id
        Long id;

        @Encrypted
        String reason;

        @Encrypted(storage = Storage.BINARY)
        String notes;

        @Encrypted(deterministic = true)
        String doctor;

        @Encrypted
        @Column(length = 8_000)
        String letter;
    }

    /** Its header has a wildcard of {@code like} in the text form and another in the bytes. */
    private static CipherKey keyWithWildcards() {
        for (int i = 0; i < 1 << 16; i++) {
            CipherKey key = CipherKey.parse("b2".repeat(30) + String.format("%04x", i));
            byte[] header = new CiphertextHeader(Suite.AES_SIV, key.id()).toBytes();
            if (CiphertextText.encode(header).indexOf('_') > 0
                    && Arrays.toString(header).contains("37")) {
                return key;
            }
        }
        throw new IllegalStateException("There is no such key");
    }

    @ParameterizedTest
    @EnumSource
    void any_other_value_at_either_end_is_seen_and_what_the_attribute_writes_is_not(TestDatabase kind)
            throws SQLException {
        any_other_value_is_seen(kind, Keyring.of(OF_THE_RING[0], OF_THE_RING[1]));
    }

    /** PostgreSQL then compares the least and the greatest value alone. */
    @ParameterizedTest
    @EnumSource
    void the_same_under_a_single_key(TestDatabase kind) throws SQLException {
        any_other_value_is_seen(kind, Keyring.of(OF_THE_RING[0]));
    }

    private static void any_other_value_is_seen(TestDatabase kind, Keyring ring) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        Configuration settings = new Configuration().addAnnotatedClass(Visit.class);
        settings.getProperties().putAll(database.settings());
        settings.setProperty("hibernate.hbm2ddl.auto", "create");
        settings.getProperties().put(CipherfieldService.CONFIGURATION, CipherfieldConfiguration.of(ring));
        try (SessionFactory factory = settings.buildSessionFactory();
                Connection connection = database.connect()) {
            Look look = new Look(factory, connection);
            assertThat(look.isUnusual()).isFalse();
            for (int id = 1; id <= ROWS; id++) {
                look.insert(id, ring.keys().get(id % ring.keys().size()));
            }
            assertThat(look.isUnusual()).isFalse();
            for (EncryptedColumn column : look.columns) {
                for (int id : new int[] {1, ROWS_OF_EACH_END, ROWS - ROWS_OF_EACH_END + 1, ROWS}) {
                    look.expectsUnusual(column, id, "Alice");
                    look.expectsUnusual(column, id, "");
                }
                look.expectsUnusual(
                        column,
                        1,
                        Look.stored(column, STRANGE, column.attribute().suite()));
                look.expectsUnusual(column, 1, neighbourOf(column));
                look.expectsUnusual(column, 1, before(column));
                look.expectsUnusual(column, 1, behind(column));
                // Of a header without a body, a range knows nothing.
                if (kind != TestDatabase.POSTGRESQL || ring.keys().size() > 1) {
                    look.expectsUnusual(column, 1, cut(column));
                }
                look.set(column, ROWS / 2, "Alice");
                assertThat(look.isUnusual()).as("between the ends").isFalse();
                look.set(column, 1, null);
                assertThat(look.isUnusual()).as("null").isFalse();
                look.set(
                        column,
                        1,
                        Look.stored(column, OF_THE_RING[0], column.attribute().suite()));
            }
            EncryptedColumn deterministic = look.column("doctor");
            look.expectsUnusual(deterministic, 1, Look.stored(deterministic, OF_THE_RING[0], Suite.AES_SIV));
            EncryptedColumn bytes = look.column("notes");
            look.expectsUnusual(
                    bytes, 1, CiphertextText.encode((byte[]) Look.stored(bytes, OF_THE_RING[0], Suite.AES_SIV)));
        }
    }

    /** Of a key whose id differs where the ring's has a wildcard. */
    private static Object neighbourOf(EncryptedColumn column) {
        int id = OF_THE_RING[0].id().value();
        byte[] value = Look.bytes(column, OF_THE_RING[0], column.attribute().suite());
        String text = CiphertextText.encode(value);
        if (column.attribute().storage() == Storage.TEXT) {
            int wildcard = text.indexOf('_');
            return wildcard < 0 || wildcard >= CiphertextHeader.LENGTH_IN_CHARS
                    ? text.substring(0, 7) + (text.charAt(7) == 'A' ? 'B' : 'A') + text.substring(8)
                    : text.substring(0, wildcard) + 'A' + text.substring(wildcard + 1);
        }
        byte[] header = new CiphertextHeader(column.attribute().suite(), new KeyId(id)).toBytes();
        for (int i = 2; i < header.length; i++) {
            if (header[i] == '%') {
                value[i] = 'x';
            }
        }
        return value;
    }

    /** The greatest value below those with the header. */
    private static Object before(EncryptedColumn column) {
        return beside(column, -1);
    }

    /** The least value above those with the header. */
    private static Object behind(EncryptedColumn column) {
        return beside(column, 1);
    }

    private static Object beside(EncryptedColumn column, int step) {
        byte[] header = new CiphertextHeader(column.attribute().suite(), OF_THE_RING[0].id()).toBytes();
        if (column.attribute().storage() == Storage.TEXT) {
            String text = CiphertextText.encode(header);
            return text.substring(0, 7) + (char) (text.charAt(7) + step) + (step < 0 ? "~".repeat(60) : "");
        }
        header[5] += (byte) step;
        byte[] value = Arrays.copyOf(header, step < 0 ? 60 : 6);
        Arrays.fill(value, 6, value.length, (byte) 0xFF);
        return value;
    }

    /** One byte or character shorter than any ciphertext. */
    private static Object cut(EncryptedColumn column) {
        Suite suite = column.attribute().suite();
        byte[] value = Arrays.copyOf(Look.bytes(column, OF_THE_RING[0], suite), suite.overheadInBytes() + 1);
        String text = CiphertextText.encode(value);
        return column.attribute().storage() == Storage.TEXT
                ? text.substring(0, text.length() - 1)
                : Arrays.copyOf(value, value.length - 1);
    }

    private record Look(Connection connection, DatabaseKind database, List<EncryptedColumn> columns) {

        Look(SessionFactory factory, Connection connection) {
            this(
                    connection,
                    DatabaseKind.of(factory.unwrap(SessionFactoryImplementor.class)
                            .getJdbcServices()
                            .getDialect()),
                    EncryptedColumns.of(factory).all());
        }

        EncryptedColumn column(String name) {
            return columns.stream()
                    .filter(column -> column.path().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        boolean isUnusual() throws SQLException {
            return !UnusualValues.tables(connection, database, List.of(columns, columns), ROWS_OF_EACH_END, 5)
                    .isEmpty();
        }

        void insert(int id, CipherKey key) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into Visit (id) values (" + id + ")");
            }
            for (EncryptedColumn column : columns) {
                set(column, id, stored(column, key, column.attribute().suite()));
            }
        }

        void expectsUnusual(EncryptedColumn column, int id, Object stored) throws SQLException {
            set(column, id, stored);
            assertThat(isUnusual()).as("%s of row %d", column, id).isTrue();
            set(column, id, stored(column, OF_THE_RING[0], column.attribute().suite()));
            assertThat(isUnusual()).as("%s of row %d again", column, id).isFalse();
        }

        void set(EncryptedColumn column, int id, @Nullable Object stored) throws SQLException {
            try (PreparedStatement update =
                    connection.prepareStatement("update Visit set " + column.name() + " = ? where id = " + id)) {
                if (column.attribute().storage() == Storage.TEXT) {
                    update.setString(1, (String) stored);
                } else {
                    update.setBytes(
                            1,
                            stored instanceof String text
                                    ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                    : (byte[]) stored);
                }
                assertThat(update.executeUpdate()).isOne();
            }
        }

        static Object stored(EncryptedColumn column, CipherKey key, Suite suite) {
            byte[] bytes = bytes(column, key, suite);
            return column.attribute().storage() == Storage.TEXT ? CiphertextText.encode(bytes) : bytes;
        }

        static byte[] bytes(EncryptedColumn column, CipherKey key, Suite suite) {
            return FieldEncryptor.of(Keyring.of(key), suite, column.attribute().context())
                    .encrypt(column.attribute().codec().encode("a", 0));
        }
    }
}
