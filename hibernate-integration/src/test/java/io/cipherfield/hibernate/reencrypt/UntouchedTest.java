package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.cache.spi.CacheImplementor;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job leaves as it was, beside the values. */
class UntouchedTest {

    @ParameterizedTest
    @EnumSource
    void a_connection_goes_back_as_it_came(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "secret"));
        }
        try (Unit unit = Unit.after(database, Entities.Named.class);
                Connection connection = database.connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            Connection kept = spy(connection);
            DataSource source = mock(DataSource.class);
            when(source.getConnection()).thenReturn(kept);
            // The caller of a mocked data source closes the connection, which is looked at afterwards.
            doNothing().when(kept).close();

            assertThat(unit.job().connections(source).run().rewritten()).isEqualTo(1);

            verify(kept, times(1)).close();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            // Without an open transaction, isolation could not be changed, on PostgreSQL at least.
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void a_connection_goes_back_also_from_a_job_that_fails() throws Exception {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "secret"));
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        try (Unit unit = Unit.after(database, Entities.Named.class);
                HikariDataSource pool = new HikariDataSource(config)) {
            unit.execute("create function refuse() returns trigger language plpgsql as "
                    + "$$ begin raise exception 'no update of %', old.secret; end $$");
            unit.execute("create trigger refusing before update on named for each row execute function refuse()");
            assertThatThrownBy(
                            () -> unit.job().allowTriggers().connections(pool).run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("SQLSTATE P0001")
                    .hasNoCause();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    @Test
    void a_connection_that_cannot_be_prepared_is_not_kept() throws Exception {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Entities.Named.class)) {
            Connection broken = mock(Connection.class);
            doThrow(new SQLException("broken", "08006")).when(broken).setAutoCommit(false);
            DataSource source = mock(DataSource.class);
            when(source.getConnection()).thenReturn(broken);
            assertThatThrownBy(() -> unit.job().connections(source).run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("08006");
            verify(broken).close();
        }
    }

    @Test
    void columns_that_mariadb_sets_with_each_update_stay() throws Exception {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "secret", "other"));
            unit.execute(
                    "alter table `Order Line` add column `changed at` timestamp(6) not null default '2020-01-01 00:00:00' on update current_timestamp(6)");
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            List<List<String>> before = unit.raw("select `changed at` from `Order Line`");
            assertThat(before.get(0).get(0)).startsWith("2020-01-01");
            assertThat(unit.job().run().rewritten()).isEqualTo(2);
            assertThat(unit.raw("select `changed at` from `Order Line`")).isEqualTo(before);
        }
    }

    @Test
    void cached_entries_under_the_old_key_are_evicted() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "secret"));
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            SessionFactoryImplementor factory = spy(unit.sessions().unwrap(SessionFactoryImplementor.class));
            var cache = mock(CacheImplementor.class);
            when(factory.getCache()).thenReturn(cache);
            when(factory.unwrap(SessionFactoryImplementor.class)).thenReturn(factory);
            assertThat(new Job(
                                    factory,
                                    Unit.allowingPlaintext(),
                                    EncryptedColumns.of(unit.sessions()),
                                    Reencryption.of(unit.sessions()).settings(progress -> {}, List.of()),
                                    ConnectionSource.of(
                                            factory.getJdbcServices().getBootstrapJdbcConnectionAccess()))
                            .report(Mode.RUN)
                            .rewritten())
                    .isEqualTo(1);
            verify(cache).evictEntityData(Entities.Named.class.getName());
            verify(cache).evictNaturalIdData(anyString());
            verify(cache).evictQueryRegions();
        }
    }

    @Test
    void a_listener_hears_how_far_each_table_is_and_the_end() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class, Entities.Simple.class)) {
            for (int i = 0; i < 50; i++) {
                unit.persist(new Entities.Named("key" + i, "secret"));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Named.class, Entities.Simple.class)) {
            List<Progress> heard = new ArrayList<>();
            unit.job().pageSize(1).listener(heard::add).run();
            List<Progress> ofNamed = heard.stream()
                    .filter(progress -> progress.table().equals("named"))
                    .toList();
            assertThat(ofNamed).hasSizeBetween(2, 51);
            Progress last = ofNamed.get(ofNamed.size() - 1);
            assertThat(last.rowsDone()).isEqualTo(50);
            assertThat(last.rowsTotal()).isEqualTo(50);
            assertThat(last.remaining()).isZero();
            assertThat(heard).extracting(Progress::table).contains("\"Order Line\"");
        }
    }
}
