package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** One entity with a table in the schema of each tenant. */
class SchemaTenancyTest {

    private static final List<String> TENANTS = List.of("acme", "globex");

    @Entity(name = "Client")
    static class Client {
        @Id
        Long id = 1L;

        @Encrypted
        String secret;

        @Encrypted(deterministic = true)
        String tax = "tax";

        Client() {}

        Client(String secret) {
            this.secret = secret;
        }
    }

    /** A connection without a tenant is in the schema that it comes with. */
    private static final class Schemas implements MultiTenantConnectionProvider<Object> {
        private static final long serialVersionUID = 1L;

        private final transient TestDatabase.Fresh database;
        private final String ofNoTenant;

        Schemas(TestDatabase.Fresh database, String ofNoTenant) {
            this.database = database;
            this.ofNoTenant = ofNoTenant;
        }

        @Override
        public Connection getAnyConnection() throws SQLException {
            return ofNoTenant.isEmpty() ? database.connect() : getConnection(ofNoTenant);
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(Object tenant) throws SQLException {
            Connection connection = database.connect();
            if (database.kind() == TestDatabase.MARIADB) {
                connection.setCatalog(schema(database, (String) tenant));
            } else {
                connection.setSchema(schema(database, (String) tenant));
            }
            return connection;
        }

        @Override
        public void releaseConnection(Object tenant, Connection connection) throws SQLException {
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
            throw new IllegalArgumentException(type.getName());
        }
    }

    /** MariaDB's schemas are databases, which all tests share. */
    private static String schema(TestDatabase.Fresh database, String tenant) {
        return switch (database.kind()) {
            case H2 -> tenant.toUpperCase(java.util.Locale.ROOT);
            case POSTGRESQL -> tenant;
            case MARIADB -> database.url().replaceAll(".*/|\\?.*", "") + "_" + tenant;
        };
    }

    private static void execute(TestDatabase.Fresh database, String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestDatabase.Fresh withSchemas(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        for (String tenant : TENANTS) {
            execute(database, "create schema " + schema(database, tenant));
            execute(
                    database,
                    "create table " + schema(database, tenant)
                            + ".Client (id bigint primary key, secret varchar(1200)"
                            + (kind == TestDatabase.MARIADB ? " character set ascii collate ascii_bin" : "")
                            + ", tax varchar(1200)"
                            + (kind == TestDatabase.MARIADB ? " character set ascii collate ascii_bin" : "") + ")");
        }
        return database;
    }

    private static TestFactory start(TestDatabase.Fresh database, Map<String, Object> settings, String ofNoTenant) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("hibernate.multi_tenant_connection_provider", new Schemas(database, ofNoTenant));
        all.put("hibernate.hbm2ddl.auto", "none");
        return TestFactory.on(database, all, Client.class);
    }

    private static Session open(TestFactory factory, String tenant) {
        return factory.sessions()
                .withOptions()
                .tenantIdentifier((Object) tenant)
                .openSession();
    }

    private static void persist(TestFactory factory, String tenant, String secret) {
        try (Session session = open(factory, tenant)) {
            session.beginTransaction();
            session.persist(new Client(secret));
            session.getTransaction().commit();
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_tenant_reads_and_writes_ciphertext_in_its_own_schema(TestDatabase kind) {
        TestDatabase.Fresh database = withSchemas(kind);
        try (TestFactory factory = start(database, Map.of(), "")) {
            for (String tenant : TENANTS) {
                persist(factory, tenant, "secret of " + tenant);
            }
            for (String tenant : TENANTS) {
                try (Session session = open(factory, tenant)) {
                    session.beginTransaction();
                    Client found = session.find(Client.class, 1L);
                    assertThat(found.secret).isEqualTo("secret of " + tenant);
                    assertThat(session.createSelectionQuery("from Client c where c.tax = 'tax'", Client.class)
                                    .getSingleResult())
                            .isSameAs(found);
                    assertThat(session.createMutationQuery("update Client set tax = :p")
                                    .setParameter("p", "new tax of " + tenant)
                                    .executeUpdate())
                            .isEqualTo(1);
                    session.getTransaction().commit();
                }
                try (StatelessSession session = factory.sessions()
                        .withStatelessOptions()
                        .tenantIdentifier((Object) tenant)
                        .openStatelessSession()) {
                    assertThat(session.get(Client.class, 1L).tax).isEqualTo("new tax of " + tenant);
                }
                for (String column : List.of("secret", "tax")) {
                    assertThat(factory.raw("select " + column + " from " + schema(database, tenant) + ".Client"))
                            .singleElement()
                            .satisfies(stored -> assertThat(CiphertextHeader.of((String) stored))
                                    .isNotNull());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_start_up_check_looks_where_a_connection_without_a_tenant_looks_and_says_so(TestDatabase kind) {
        TestDatabase.Fresh database = withSchemas(kind);
        try (TestFactory factory = start(database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY), "")) {
            persist(factory, "globex", "under a key that is not in the ring later");
        }

        assertThatThrownBy(() -> start(database, Map.of(), "globex").close())
                .hasStackTraceContaining(ConfigurationException.class.getName())
                .hasStackTraceContaining("Client.secret")
                .hasStackTraceContaining(Setting.DECRYPT_ONLY_KEYS.property());

        Logger logger = (Logger) LoggerFactory.getLogger("io.cipherfield.hibernate.internal.startup.StartupCheck");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (TestFactory factory = start(database, Map.of(), "acme")) {
            assertThat(factory.sessions().isOpen()).isTrue();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line).contains("several tenants").contains("of none of them"));
    }
}
