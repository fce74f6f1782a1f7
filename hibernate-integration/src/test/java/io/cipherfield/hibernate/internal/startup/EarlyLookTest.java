package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first look at the tables is taken beside Hibernate's building of the factory where that is safe, and nowhere else. */
class EarlyLookTest {

    private static final String DDL = "hibernate.hbm2ddl.auto";
    private static final String POOL = "hibernate.connection.datasource";

    private static final CipherfieldConfiguration CONFIGURATION =
            CipherfieldConfiguration.of(Keyring.of(CipherKey.parse("a1".repeat(31) + "00")));

    @Entity(name = "Visit")
    static class Visit {
        @Id
        Long id;

        @Encrypted
        String reason;
    }

    private static Metadata metadata(TestDatabase.Fresh database, Map<String, ?> settings) {
        // HikariCP's pool has a user of its own and takes no other.
        return new MetadataSources(new StandardServiceRegistryBuilder()
                        .applySettings(settings.containsKey(POOL) ? Map.of() : database.settings())
                        .applySetting(DDL, "none")
                        .applySetting(CipherfieldService.CONFIGURATION, CONFIGURATION)
                        .applySettings(Map.copyOf(settings))
                        .build())
                .addAnnotatedClass(Visit.class)
                .buildMetadata();
    }

    /** What the tables are found to hold, or null if they are not looked at early. */
    private static @Nullable Map<EncryptedTable, List<HeaderSample>> look(
            TestDatabase.Fresh database, Map<String, ?> settings) {
        Metadata metadata = metadata(database, settings);
        try (SessionFactory factory = metadata.buildSessionFactory()) {
            EarlyLook look = EarlyLook.of(
                    metadata, factory.unwrap(SessionFactoryImplementor.class), EncryptedColumns.of(factory));
            Map<EncryptedTable, List<HeaderSample>> samples = look.samples();
            look.end();
            return samples;
        }
    }

    private static TestDatabase.Fresh filled(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory factory = metadata(database, Map.of(DDL, "create")).buildSessionFactory()) {
            factory.inTransaction(session -> {
                Visit visit = new Visit();
                visit.id = 1L;
                visit.reason = "a cough";
                session.persist(visit);
            });
        }
        return database;
    }

    private static HikariDataSource pool(TestDatabase.Fresh database, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    @ParameterizedTest
    @EnumSource
    void tables_in_order_are_found_so_on_each_database(TestDatabase kind) {
        assertThat(look(filled(kind), Map.of())).hasSize(1).containsValue(List.of());
    }

    @Test
    void a_pool_of_HikariCP_is_used_too() {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        try (HikariDataSource pool = pool(database, 2)) {
            assertThat(look(database, Map.of(POOL, pool))).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-only", "create-drop", "update"})
    void not_where_hibernate_changes_the_tables(String ddl) {
        assertThat(look(filled(TestDatabase.H2), Map.of(DDL, ddl))).isNull();
        assertThat(look(
                        filled(TestDatabase.H2),
                        Map.of("jakarta.persistence.schema-generation.database.action", "drop-and-create")))
                .isNull();
    }

    @Test
    void hibernate_may_compare_the_tables_with_the_mapping_meanwhile() {
        assertThat(look(filled(TestDatabase.H2), Map.of(DDL, "validate"))).hasSize(1);
    }

    @Test
    void not_with_a_single_connection_which_hibernate_might_need() {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        assertThat(look(database, Map.of("hibernate.connection.pool_size", "1")))
                .isNull();
        try (HikariDataSource pool = pool(database, 1)) {
            assertThat(look(database, Map.of(POOL, pool))).isNull();
        }
    }

    @Test
    void not_with_a_data_source_that_may_ask_which_thread_it_is() {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        try (HikariDataSource pool = pool(database, 2)) {
            DataSource another = mock(DataSource.class, delegatesTo(pool));
            assertThat(look(database, Map.of(POOL, another))).isNull();
        }
    }

    @Test
    void not_if_nothing_is_to_be_checked() {
        CipherfieldConfiguration off = CONFIGURATION.withStartupCheck(StartupCheckMode.OFF);
        assertThat(look(filled(TestDatabase.H2), Map.of(CipherfieldService.CONFIGURATION, off)))
                .isNull();
    }

    @Test
    void a_start_that_fails_leaves_neither_thread_nor_connection_behind() throws SQLException {
        TestDatabase.Fresh database = filled(TestDatabase.POSTGRESQL);
        try (HikariDataSource pool = pool(database, 2);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table Visit in access exclusive mode");
            boolean[] underWay = new boolean[1];
            SessionFactoryObserver failing = new SessionFactoryObserver() {
                private static final long serialVersionUID = 1L;

                @Override
                public void sessionFactoryCreated(SessionFactory factory) {
                    underWay[0] = isUnderWay();
                    try {
                        other.rollback();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                    throw new IllegalStateException("This start fails");
                }
            };
            assertThatThrownBy(() -> metadata(database, Map.of(POOL, pool))
                            .getSessionFactoryBuilder()
                            .addSessionFactoryObservers(failing)
                            .build())
                    .hasMessage("This start fails");
            assertThat(underWay[0]).as("it was under way").isTrue();
            assertThat(isUnderWay()).as("it is still under way").isFalse();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    private static boolean isUnderWay() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(EarlyLook.THREAD));
    }
}
