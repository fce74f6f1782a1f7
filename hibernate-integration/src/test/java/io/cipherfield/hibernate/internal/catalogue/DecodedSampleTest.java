package io.cipherfield.hibernate.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.ForeignFormat;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class DecodedSampleTest {

    private static final int ROWS = 300;
    private static final int ROWS_OF_EACH_END = 100;

    @Entity(name = "Mark")
    @Table(name = "mark")
    static class Mark {
        @Id
        Long id;

        @Column(length = 2000)
        @Encrypted(legacy = "token")
        String text;

        @Column(length = 2000)
        @Encrypted(legacy = "token", storage = Storage.BINARY)
        String bytes;
    }

    /** Counts the values that the database sent. */
    private static final class Sent implements DecodedSample.Source {

        private final AtomicInteger values = new AtomicInteger();

        @Override
        public String expression(DatabaseKind database, EncryptedColumn column) {
            return DecodedSample.COLUMN.expression(database, column);
        }

        @Override
        public @Nullable Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException {
            Object read = DecodedSample.COLUMN.read(column, rows, index);
            if (read != null) {
                values.incrementAndGet();
            }
            return read;
        }
    }

    private static SessionFactory factory(TestDatabase.Fresh database) {
        Configuration settings = new Configuration().addAnnotatedClass(Mark.class);
        settings.getProperties().putAll(database.settings());
        settings.getProperties().put("hibernate.hbm2ddl.auto", "create");
        settings.getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(Keyring.of(CipherKey.parse("a1".repeat(31) + "00")))
                                .withStartupCheck(StartupCheckMode.OFF)
                                .withPlaintext(PlaintextPolicy.ALLOW));
        settings.getProperties().put(CipherfieldService.LEGACY_READERS, LegacyReaders.of(ForeignFormat.TOKEN));
        return settings.buildSessionFactory();
    }

    private static void insert(TestDatabase.Fresh database, long from, long to, String stored) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert =
                        connection.prepareStatement("insert into mark (id, text, bytes) values (?, ?, ?)")) {
            for (long id = from; id < to; id++) {
                insert.setLong(1, id);
                insert.setString(2, stored);
                insert.setBytes(3, stored.getBytes(StandardCharsets.US_ASCII));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<DecodedSample> taken(
            SessionFactory factory, TestDatabase.Fresh database, DecodedSample.Source source, boolean oneIsEnough)
            throws SQLException {
        SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
        try (Connection connection = database.connect()) {
            return DecodedSample.take(
                    connection,
                    DatabaseKind.of(implementor.getJdbcServices().getDialect()),
                    EncryptedColumns.of(implementor).all(),
                    new DecodedSample.Look(
                            source, reader -> true, oneIsEnough, (column, stored) -> false, ROWS_OF_EACH_END, 60));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ends_with_the_first_value_that_decodes_where_one_is_enough(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory factory = factory(database)) {
            insert(database, 0, ROWS, ForeignFormat.TOKEN.write("one"));
            Sent all = new Sent();
            assertThat(taken(factory, database, all, false))
                    .allSatisfy(sample ->
                            assertThat(sample.readers().get("token").decoded()).isEqualTo(2 * ROWS_OF_EACH_END));
            assertThat(all.values).hasValue(4 * ROWS_OF_EACH_END);

            Sent few = new Sent();
            assertThat(taken(factory, database, few, true))
                    .hasSize(2)
                    .allSatisfy(sample ->
                            assertThat(sample.readers().get("token").decoded()).isEqualTo(1));
            assertThat(few.values).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looks_behind_values_that_fail_until_one_decodes(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory factory = factory(database)) {
            insert(database, 0, ROWS, "gAAAA-damaged");
            assertThat(taken(factory, database, new Sent(), true))
                    .allSatisfy(sample ->
                            assertThat(sample.readers().get("token").failed()).isEqualTo(ROWS_OF_EACH_END));
            insert(database, ROWS, ROWS + 1, ForeignFormat.TOKEN.write("one"));
            insert(database, ROWS + 1, ROWS + 51, "gAAAA-damaged");
            assertThat(taken(factory, database, new Sent(), true))
                    .allSatisfy(sample ->
                            assertThat(sample.readers().get("token").decoded()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void counts_each_row_of_a_small_table_once(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory factory = factory(database)) {
            insert(database, 0, 3, "gAAAA-damaged");
            assertThat(taken(factory, database, new Sent(), true)).hasSize(2).allSatisfy(sample -> {
                assertThat(sample.readers().get("token").failed()).isEqualTo(3);
                assertThat(sample.readers().get("token").decoded()).isZero();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void has_no_ciphertext_of_the_ring_sent(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory factory = factory(database)) {
            factory.inTransaction(session -> {
                for (long id = 0; id < ROWS; id++) {
                    Mark mark = new Mark();
                    mark.id = id;
                    mark.text = "migrated";
                    mark.bytes = "migrated";
                    session.persist(mark);
                }
            });
            insert(database, ROWS, ROWS + 3, ForeignFormat.TOKEN.write("left"));
            Sent sent = new Sent();
            assertThat(taken(factory, database, sent, false))
                    .allSatisfy(sample ->
                            assertThat(sample.readers().get("token").decoded()).isEqualTo(3));
            assertThat(sent.values).hasValue(6);
        }
    }
}
