package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;

/** Pages by LOAD DATA, and what is done where it is not allowed. */
class MariadbWriterTest {

    /** What could end a column or a line, and what character sets write in different ways. */
    private static final String ODD =
            "tab\t line\n return\r back\\slash \\N \\ quote' \" ` nul\0 é ß \u20ac \ud83d\ude00 end ";

    record OddId(UUID first, String second) implements Serializable {}

    @Entity(name = "Odd")
    @Table(name = "odd")
    @IdClass(OddId.class)
    static class Odd {
        @Id
        UUID first;

        @Id
        @Column(length = 100)
        String second;

        @Encrypted
        @Column(length = 200)
        String text;

        @Encrypted(storage = Storage.BINARY)
        @Column(length = 2000)
        byte[] bytes;
    }

    @Test
    void every_byte_and_every_sign_arrives() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        Unit.before(database, Odd.class).close();
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), Odd.class)) {
            unit.execute("alter table odd modify text varchar(2000) character set utf8mb4 collate utf8mb4_general_ci");
            try (Connection connection = database.connect();
                    var insert = connection.prepareStatement(
                            "insert into odd (first, second, text, bytes) values (?, ?, ?, ?)")) {
                for (int i = 0; i < 256; i++) {
                    UUID id = new UUID(i, 7);
                    insert.setString(1, id.toString());
                    insert.setString(2, i + ODD);
                    insert.setString(3, i % 5 == 0 ? null : ODD + i);
                    insert.setBytes(
                            4, i % 7 == 0 ? null : new byte[] {(byte) i, '\\', (byte) i, (byte) i, 'N', (byte) i});
                    insert.executeUpdate();
                }
            }
            assertThat(writer(unit)).isInstanceOf(MariadbWriter.class);

            Report report = unit.job().pageSize(100).run();

            assertThat(report.failures()).isEmpty();
            assertThat(report.strategies()).containsExactly("written by LOAD DATA and one update a page: odd");
            assertThat(report.fromPlaintext()).isEqualTo(512 - 52 - 37);
        }
        try (Unit unit = Unit.after(database, Odd.class)) {
            List<Odd> all = unit.all(Odd.class);
            assertThat(all).hasSize(256);
            for (Odd odd : all) {
                int i = (int) odd.first.getMostSignificantBits();
                assertThat(odd.text).isEqualTo(i % 5 == 0 ? null : ODD + i);
                assertThat(odd.bytes)
                        .isEqualTo(i % 7 == 0 ? null : new byte[] {(byte) i, '\\', (byte) i, (byte) i, 'N', (byte) i});
            }
        }
    }

    @Test
    void a_page_that_takes_more_memory_than_the_server_is_to_give_goes_to_its_disk() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        Unit.before(database, Odd.class).close();
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), Odd.class)) {
            unit.execute("insert into odd (first, second, text, bytes) select uuid(), seq, 'text',"
                    + " if(seq = 1000, repeat('x', 2000), 'bytes') from seq_1_to_9000");

            Report report = unit.job().pageSize(9_000).run();

            assertThat(report.strategies()).containsExactly("written by LOAD DATA and one update a page: odd");
            assertThat(report.fromPlaintext()).isEqualTo(18_000);
            assertThat(unit.job().verify().alreadyCurrent()).isEqualTo(18_000);
        }
    }

    @Test
    void the_batch_says_what_a_server_would_have_to_allow() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "secret", "other"));
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            unit.execute("set global local_infile = 0");
            try {
                RowWriter writer = writer(unit);
                assertThat(writer).isInstanceOf(BatchWriter.class);
                assertThat(writer.advice()).contains("local_infile=ON");
                Report report = unit.job().run();
                assertThat(report.rewritten()).isEqualTo(2);
                assertThat(report.toText()).contains("written by JDBC batch (local_infile=ON at the server would");
                assertThat(report.toJson()).contains("local_infile=ON");
            } finally {
                unit.execute("set global local_infile = 1");
            }
        }
    }

    @Test
    void the_batch_says_what_a_driver_would_have_to_allow() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "secret", "other"));
        }
        TestDatabase.Fresh strict = new TestDatabase.Fresh(
                database.kind(), database.url() + "?allowLocalInfile=false", database.user(), database.password());
        try (Unit unit = Unit.after(strict, Entities.Simple.class)) {
            RowWriter writer = writer(unit);
            assertThat(writer).isInstanceOf(BatchWriter.class);
            assertThat(writer.advice()).contains("allowLocalInfile=true");
            assertThat(unit.job().run().rewritten()).isEqualTo(2);
        }
    }

    @Test
    void a_user_who_may_make_no_temporary_tables_gets_the_batch() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "secret", "other"));
            unit.execute(
                    "create or replace user poor identified by 'poor'",
                    "grant select, insert, update, delete, create, trigger on `" + name(database) + "`.* to poor");
        }
        try (Unit unit = Unit.after(database.as("poor", "poor"), Entities.Simple.class)) {
            RowWriter writer = writer(unit);
            assertThat(writer).isInstanceOf(BatchWriter.class);
            assertThat(writer.advice()).contains("CREATE TEMPORARY TABLES");
            assertThat(unit.job().run().rewritten()).isEqualTo(2);
        }
    }

    @Test
    void a_connection_goes_back_without_its_temporary_table() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "secret", "other"));
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class);
                Connection connection =
                        DriverManager.getConnection(database.url(), database.user(), database.password())) {
            try (JobConnection job = JobConnection.open(
                    new ConnectionSource() {
                        @Override
                        public Connection obtain() {
                            return connection;
                        }

                        @Override
                        public void release(Connection released) {}
                    },
                    new LockTimeout(DatabaseKind.MARIADB, LockTimeout.DEFAULT))) {
                assertThat(RowWriter.of(job, DatabaseKind.MARIADB, shape(unit, job), List.of()))
                        .isInstanceOf(MariadbWriter.class);
                assertThat(temporaryTables(connection)).containsExactly("MEMORY");
            }
            assertThat(temporaryTables(connection)).isEmpty();
        }
    }

    /** Their engines. */
    private static List<String> temporaryTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select engine from information_schema.tables where table_type = 'TEMPORARY'")) {
            List<String> engines = new ArrayList<>();
            while (rows.next()) {
                engines.add(rows.getString(1));
            }
            return engines;
        }
    }

    private static String name(TestDatabase.Fresh database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static RowWriter writer(Unit unit) throws SQLException {
        SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
        try (JobConnection connection = JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(DatabaseKind.MARIADB, LockTimeout.DEFAULT))) {
            return RowWriter.of(connection, DatabaseKind.MARIADB, shape(unit, connection), List.of());
        }
    }

    private static TableShape shape(Unit unit, JobConnection connection) throws SQLException {
        return TableShape.read(
                connection,
                DatabaseKind.MARIADB,
                EncryptedColumns.of(unit.sessions()).all(),
                EncryptedColumns.of(unit.sessions()).all());
    }
}
