package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.api.Test;

class TenantsTest {

    @Test
    void each_tenants_database_is_rewritten_and_the_report_names_the_tenant() {
        TestDatabase.Fresh north = filled(3);
        TestDatabase.Fresh south = filled(2);
        List<String> tables = new ArrayList<>();
        try (Unit unit = unit(Map.of("north", north, "south", south))) {
            Report report = unit.job()
                    .tenants("north", "south")
                    .listener(progress -> tables.add(progress.table()))
                    .run();

            assertThat(report.rewritten()).isEqualTo(5);
            assertThat(report.successful()).isTrue();
            assertThat(tables).contains("north: named", "south: named");
            Census census = unit.job().tenants("north", "south").census();
            assertThat(census.remaining(Unit.NEW.id())).isEqualTo(5);
            assertThat(census.entries()).extracting(CensusEntry::table).contains("north: named", "south: named");
        }
        try (Unit unit = Unit.after(south, Entities.Named.class)) {
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            assertThat(unit.raw("select * from cipherfield_reencryption where id > 0"))
                    .hasSize(1);
        }
    }

    @Test
    void what_one_tenants_census_finds_left_is_left_in_the_whole() {
        TestDatabase.Fresh north = filled(3);
        TestDatabase.Fresh south = filled(2);
        List<String> left = new ArrayList<>();
        try (Unit unit = unit(Map.of("north", north, "south", south))) {
            String old = unit.raw("select secret from named").get(0).get(0);
            Report report = unit.job()
                    .tenants("north", "south")
                    .listener(progress -> {
                        if (left.isEmpty()) {
                            left.add(progress.table());
                            // Before the first row, so behind every page.
                            unit.execute("insert into named (id, secret) values ('a', '" + old + "')");
                        }
                    })
                    .run();

            assertThat(report.remaining()).isEqualTo(1);
            assertThat(report.successful()).isFalse();
            assertThat(report.notes())
                    .anySatisfy(note -> assertThat(note)
                            .startsWith("north: ")
                            .contains(Unit.OLD.id().toString()));
            assertThat(report.strategies()).containsExactly("written by MERGE from arrays: named");
        }
    }

    @Test
    void without_their_names_the_job_does_not_start() {
        try (Unit unit = unit(Map.of("north", filled(1)))) {
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("Name them with tenants(ids)");
        }
    }

    @Test
    void names_of_tenants_are_refused_where_there_are_none() {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Entities.Named.class)) {
            assertThatThrownBy(() -> unit.job().tenants("north").run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("no MultiTenantConnectionProvider");
        }
    }

    private static TestDatabase.Fresh filled(int rows) {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            for (int i = 0; i < rows; i++) {
                unit.persist(new Entities.Named("key " + i, "secret"));
            }
        }
        return database;
    }

    private static Unit unit(Map<String, TestDatabase.Fresh> databases) {
        return Unit.start(
                databases.get("north"),
                "none",
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD)).withStartupCheck(StartupCheckMode.OFF),
                settings -> {
                    settings.getProperties()
                            .put(AvailableSettings.MULTI_TENANT_CONNECTION_PROVIDER, new Provider(databases));
                    return settings;
                },
                Entities.Named.class);
    }

    private record Provider(Map<String, TestDatabase.Fresh> databases)
            implements MultiTenantConnectionProvider<String> {

        @Override
        public Connection getAnyConnection() throws SQLException {
            return getConnection("north");
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(String tenant) throws SQLException {
            return Objects.requireNonNull(databases.get(tenant)).connect();
        }

        @Override
        public void releaseConnection(String tenant, Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public boolean supportsAggressiveRelease() {
            return false;
        }

        @Override
        public boolean isUnwrappableAs(Class<?> type) {
            return false;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
