package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeySamplerTest {

    private static final int ROWS = 60;

    @ParameterizedTest
    @EnumSource
    void ranges_cover_each_row_once_and_about_equally_many_each(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, KeyShapes.ALL)) {
            unit.persist(KeyShapes.random(new Random(4), ROWS));
            SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
            DatabaseKind sql = DatabaseKind.of(factory.getJdbcServices().getDialect());
            try (JobConnection connection = JobConnection.open(
                    ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                    new LockTimeout(sql, LockTimeout.DEFAULT))) {
                KeySampler sampler = new KeySampler(connection, sql, 2);
                for (List<EncryptedColumn> columns :
                        EncryptedColumns.of(factory).byTable().values()) {
                    TableShape shape = TableShape.read(connection, sql, columns, columns);
                    long rows = rows(connection, sql, shape, KeyRange.ALL);
                    List<KeyRange> ranges = sampler.ranges(shape, rows, 4);
                    List<Long> counts = new ArrayList<>();
                    for (KeyRange range : ranges) {
                        counts.add(rows(connection, sql, shape, range));
                    }
                    assertThat(counts.stream().mapToLong(Long::longValue).sum())
                            .as("%s: %s", shape.table(), counts)
                            .isEqualTo(rows);
                    if (shape.moves()) {
                        assertThat(ranges).hasSizeLessThanOrEqualTo(4);
                    } else {
                        assertThat(counts)
                                .as("%s", shape.table())
                                .hasSize(4)
                                .allSatisfy(count -> assertThat(count).isBetween(rows / 5, rows / 3));
                    }
                    assertThat(sampler.ranges(shape, -1, 4)).containsExactly(KeyRange.ALL);
                    assertThat(sampler.ranges(shape, 3, 4)).containsExactly(KeyRange.ALL);
                }
            }
        }
    }

    private static long rows(JobConnection connection, DatabaseKind sql, TableShape shape, KeyRange range)
            throws SQLException {
        PageReader reader = PageReader.of(shape, sql);
        long count = 0;
        KeyValue after = null;
        do {
            Page page = reader.next(connection, range, after, 9);
            count += page.rows().stream().mapToLong(Row::times).sum();
            after = page.last();
        } while (after != null);
        return count;
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_table_that_takes_long_to_count_has_about_as_many_rows_as_its_statistics_say(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            for (int i = 0; i < 200; i++) {
                unit.persist(new Entities.Named("key " + i, "secret"));
            }
            unit.execute(kind == TestDatabase.POSTGRESQL ? "analyze named" : "analyze table named");
            SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
            DatabaseKind sql = DatabaseKind.of(factory.getJdbcServices().getDialect());
            try (JobConnection connection = JobConnection.open(
                    ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                    new LockTimeout(sql, LockTimeout.DEFAULT))) {
                List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
                TableShape shape = TableShape.read(connection, sql, columns, columns);
                assertThat(RowEstimate.byStatistics(connection, sql, shape)).isBetween(150L, 250L);
                assertThat(RowEstimate.of(connection, sql, shape)).isEqualTo(200);
            }
        }
    }
}
