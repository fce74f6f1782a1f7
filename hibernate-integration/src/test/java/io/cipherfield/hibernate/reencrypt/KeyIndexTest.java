package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database has the rows of a page from the primary key's index, in whichever order the key has its columns. */
class KeyIndexTest {

    private static final int ROWS = 20_000;

    record LineId(String area, int number, long zone) implements Serializable {}

    /** Hibernate orders the key's columns by name; this table does not. */
    @Entity(name = "Line")
    @Table(name = "line")
    @IdClass(LineId.class)
    static class Line {
        @Id
        @Column(length = 20)
        String area;

        @Id
        @Column(name = "\"Number\"")
        int number;

        @Id
        long zone;

        @Encrypted
        String secret;
    }

    @ParameterizedTest
    @EnumSource
    void and_sorts_nothing(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Line.class)) {
            create(kind, unit);
            SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
            DatabaseKind dialect = DatabaseKind.of(factory.getJdbcServices().getDialect());
            List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
            try (JobConnection connection = JobConnection.open(
                    ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                    new LockTimeout(dialect, LockTimeout.DEFAULT))) {
                TableShape shape = TableShape.read(connection, dialect, columns, columns);
                assertThat(shape.key())
                        .extracting(column -> column.name().replaceAll("[\"`]", ""))
                        .containsExactly("zone", "Number", "area");
                KeyReader reader = new KeyReader(shape, dialect);
                KeyValue early = new KeyValue(0L, 7, "area 7");
                KeyValue middle = new KeyValue(100L, 55, "area 3");
                KeyValue late = new KeyValue(150L, 0, "area 0");
                explain(kind, connection, reader, KeyRange.ALL, null);
                explain(kind, connection, reader, KeyRange.ALL, early);
                explain(kind, connection, reader, KeyRange.ALL, middle);
                explain(kind, connection, reader, new KeyRange(early, late), middle);
                explain(kind, connection, reader, new KeyRange(null, late), null);
                explain(kind, connection, reader, new KeyRange(new KeyValue(20L), new KeyValue(150L)), null);

                List<KeyValue> seen = new ArrayList<>();
                KeyValue after = null;
                do {
                    Page page = reader.next(connection, KeyRange.ALL, after, 999);
                    page.rows().forEach(row -> seen.add(row.key()));
                    after = page.last();
                } while (after != null);
                assertThat(seen).hasSize(ROWS).doesNotHaveDuplicates();
            }
        }
    }

    private static void create(TestDatabase kind, Unit unit) {
        String quote = kind == TestDatabase.MARIADB ? "`" : "\"";
        String numbers =
                switch (kind) {
                    case H2 -> "system_range(1, " + ROWS + ")";
                    case POSTGRESQL -> "generate_series(1, " + ROWS + ")";
                    case MARIADB -> "seq_1_to_" + ROWS;
                };
        String number =
                switch (kind) {
                    case H2 -> "x";
                    case POSTGRESQL -> "s";
                    case MARIADB -> "seq";
                };
        unit.execute(
                "drop table line",
                "create table line (area varchar(20), " + quote + "Number" + quote + " integer, zone bigint,"
                        + " secret varchar(255), primary key (zone, " + quote + "Number" + quote + ", area))",
                "insert into line select concat('area ', mod(" + number + ", 10)), mod(" + number + ", 100), floor("
                        + number + " / 100), 'some text that is as long as a ciphertext is' from " + numbers
                        + (kind == TestDatabase.POSTGRESQL ? " s" : ""),
                kind == TestDatabase.MARIADB ? "analyze table line" : kind == TestDatabase.H2 ? "analyze" : "vacuum analyze line");
    }

    private static void explain(
            TestDatabase kind, JobConnection connection, KeyReader reader, KeyRange range, @Nullable KeyValue after)
            throws SQLException {
        KeyConditions conditions = reader.conditions(range, after);
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = connection.prepare("explain " + reader.sql(conditions, 1000))) {
            conditions.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                int width = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int i = 1; i <= width; i++) {
                        plan.append(rows.getString(i)).append('|');
                    }
                    plan.append('\n');
                }
            }
        }
        switch (kind) {
            case H2 -> assertThat(plan.toString()).contains("index sorted").contains("PRIMARY_KEY");
            case POSTGRESQL -> assertThat(plan.toString()).contains("Index Scan using line_pkey").doesNotContain("Sort");
            case MARIADB -> assertThat(plan.toString()).contains("PRIMARY").doesNotContain("filesort").doesNotContain("|ALL|");
        }
    }
}
