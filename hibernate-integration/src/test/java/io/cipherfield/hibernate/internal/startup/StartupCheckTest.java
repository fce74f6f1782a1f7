package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.H2Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class StartupCheckTest {

    private static final CipherKey FIRST = CipherKey.parse("a1".repeat(31) + "00");
    private static final CipherKey SECOND = CipherKey.parse("b2".repeat(31) + "00");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @Entity(name = "Patient")
    @Table(name = "\"Patient File\"")
    static class Patient {
        @Id
        Long id;

        @Encrypted
        @Column(name = "\"Social Number\"")
        String ssn;

        @Encrypted(storage = Storage.BINARY)
        String notes;
    }

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
        logger().setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(StartupCheck.class);
    }

    private static SessionFactory start(
            TestDatabase.Fresh database, String ddl, CipherfieldConfiguration configuration) {
        Configuration settings = new Configuration().addAnnotatedClass(Patient.class);
        settings.getProperties().putAll(database.settings());
        settings.setProperty("hibernate.hbm2ddl.auto", ddl);
        settings.getProperties().put(CipherfieldService.CONFIGURATION, configuration);
        return settings.buildSessionFactory();
    }

    private static CipherfieldConfiguration under(CipherKey key) {
        return CipherfieldConfiguration.of(Keyring.of(key));
    }

    private static void fill(TestDatabase.Fresh database) {
        try (SessionFactory factory = start(database, "create", under(FIRST))) {
            factory.inTransaction(session -> {
                for (long id = 0; id < 100; id++) {
                    Patient patient = new Patient();
                    patient.id = id;
                    patient.ssn = id % 2 == 0 ? null : "ssn " + id;
                    patient.notes = "notes " + id;
                    session.persist(patient);
                }
            });
        }
    }

    private static void execute(TestDatabase.Fresh database, String... sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(TestDatabase kind, String name) {
        return kind == TestDatabase.MARIADB ? "`" + name + "`" : "\"" + name + "\"";
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_key_stops_the_start_and_names_columns_key_and_setting(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        String table = quoted(kind, "Patient File");
        String entity = Patient.class.getName();
        assertThatThrownBy(() -> start(database, "none", under(SECOND)))
                .isInstanceOfSatisfying(ConfigurationException.class, refusal -> {
                    assertThat(refusal.description().lines())
                            .containsExactly(
                                    "The database holds values that no key in the ring can read:",
                                    "    " + table + ".notes (" + entity + ".notes): key " + FIRST.id(),
                                    "    " + table + "." + quoted(kind, "Social Number") + " (" + entity + ".ssn): key "
                                            + FIRST.id());
                    assertThat(refusal.action().lines())
                            .containsExactly(
                                    "Add key " + FIRST.id()
                                            + " to CIPHERFIELD_DECRYPT_ONLY_KEYS (cipherfield.decrypt-only-keys).",
                                    "To start nevertheless, with errors for these values alone, set"
                                            + " cipherfield.startup-check=warn (CIPHERFIELD_STARTUP_CHECK).");
                    assertThat(refusal).hasMessage(refusal.description() + "\n" + refusal.action());
                });
    }

    @ParameterizedTest
    @EnumSource
    void the_right_keys_start_without_a_word(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        start(database, "none", CipherfieldConfiguration.of(Keyring.of(SECOND, FIRST)))
                .close();
        start(database, "update", under(FIRST)).close();
        assertThat(log.list).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void both_ends_of_a_table_are_looked_at(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        try (SessionFactory factory = start(database, "none", CipherfieldConfiguration.of(Keyring.of(SECOND, FIRST)))) {
            factory.inTransaction(session -> session.find(Patient.class, 99L).notes = "newer");
        }
        assertThatThrownBy(() -> start(database, "none", under(FIRST)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(SECOND.id().toString());
    }

    @ParameterizedTest
    @EnumSource
    void with_warn_it_starts_and_says_the_same(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        start(database, "none", under(SECOND).withStartupCheck(StartupCheckMode.WARN))
                .close();
        assertThat(warnings()).singleElement().asString().contains("key " + FIRST.id());
    }

    @Test
    void with_off_nothing_is_looked_at() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        fill(database);
        start(database, "none", under(SECOND).withStartupCheck(StartupCheckMode.OFF))
                .close();
        assertThat(log.list).isEmpty();
    }

    @Test
    void both_kinds_of_findings_stand_below_each_other() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        fill(database);
        execute(database, "update \"Patient File\" set \"Social Number\" = '123-45-6789' where id = 0");
        assertThatThrownBy(() -> start(database, "none", under(SECOND)))
                .isInstanceOfSatisfying(ConfigurationException.class, refusal -> {
                    assertThat(refusal.description().lines().filter(line -> !line.startsWith("    ")))
                            .containsExactly(
                                    "The database holds values that no key in the ring can read:",
                                    "The database holds values that are not encrypted:");
                    assertThat(refusal.description())
                            .endsWith("\n    \"Patient File\".\"Social Number\" (" + Patient.class.getName() + ".ssn)");
                    assertThat(refusal.action().lines()).hasSize(3);
                });
    }

    @ParameterizedTest
    @EnumSource
    void plaintext_stops_the_start_unless_it_is_allowed(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        execute(
                database,
                "update " + quoted(kind, "Patient File") + " set " + quoted(kind, "Social Number")
                        + " = '123-45-6789' where id = 0");
        assertThatThrownBy(() -> start(database, "none", under(FIRST)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not encrypted")
                .hasMessageContaining("cipherfield.plaintext=allow")
                .hasMessageNotContaining("6789");
        start(database, "none", under(FIRST).withPlaintext(PlaintextPolicy.ALLOW))
                .close();
    }

    @ParameterizedTest
    @EnumSource
    void a_table_that_does_not_exist_yet_is_no_reason_to_fail(TestDatabase kind) {
        start(kind.fresh(), "none", under(FIRST)).close();
        assertThat(warnings()).isEmpty();
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("does not exist yet"));
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_database_starts(TestDatabase kind) {
        start(kind.fresh(), "create", under(FIRST)).close();
        assertThat(log.list).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_user_without_the_right_to_look_starts_with_a_warning(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        execute(
                database,
                "create user blind " + (kind == TestDatabase.MARIADB ? "identified by" : "password") + " 'blind'");
        if (kind == TestDatabase.MARIADB) {
            // Enough to connect.
            execute(database, "grant create on *.* to blind");
        }
        String url = database.url().replace(";DB_CLOSE_DELAY=-1", "");
        start(new TestDatabase.Fresh(kind, url, "blind", "blind"), "none", under(SECOND))
                .close();
        execute(database, "drop user blind");
        assertThat(warnings()).singleElement().asString().contains("could not be looked at");
    }

    @ParameterizedTest
    @EnumSource
    void a_look_that_fails_on_a_stored_value_does_not_log_it(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        execute(
                database,
                "create table raw (id bigint primary key, v varchar(100), notes "
                        + (kind == TestDatabase.POSTGRESQL ? "bytea" : "varbinary(2000)") + ")",
                "insert into raw (id, v) values (1, 'KNOWN-STORED-VALUE')");
        String failing = "cast(cast(v as int) as varchar(2000))";
        if (kind == TestDatabase.MARIADB) {
            // It takes any text for a number.
            execute(
                    database,
                    "create function refused(v varchar(100)) returns varchar(2000) character set ascii collate ascii_bin"
                            + " begin signal sqlstate '22018' set message_text = v; return v; end");
            failing = "refused(v)";
        }
        execute(
                database,
                "create view " + quoted(kind, "Patient File") + " as select id, " + failing + " as "
                        + quoted(kind, "Social Number") + ", notes from raw");
        Logger ours = (Logger) LoggerFactory.getLogger("io.cipherfield");
        ListAppender<ILoggingEvent> everything = new ListAppender<>();
        everything.start();
        ours.addAppender(everything);
        ours.setLevel(Level.TRACE);
        try {
            start(database, "none", under(FIRST)).close();
        } finally {
            ours.detachAppender(everything);
            ours.setLevel(null);
        }
        assertThat(warnings()).first().asString().contains("could not be looked at", "SQLSTATE 22");
        assertThat(everything.list)
                .isNotEmpty()
                .noneMatch(event -> event.getFormattedMessage().contains("KNOWN-STORED-VALUE")
                        || event.getThrowableProxy() != null);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_replica_that_takes_no_writes_is_checked_like_any_other(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        fill(database);
        TestDatabase.Fresh readOnly = new TestDatabase.Fresh(
                kind,
                database.url()
                        + (kind == TestDatabase.MARIADB
                                ? "?sessionVariables=tx_read_only=1"
                                : "?options=-c%20default_transaction_read_only=on"),
                database.user(),
                database.password());
        assertThatThrownBy(() -> start(readOnly, "none", under(SECOND))).isInstanceOf(ConfigurationException.class);
        assertThatCode(() -> start(readOnly, "none", under(FIRST)).close()).doesNotThrowAnyException();
    }

    @Test
    void a_table_under_lock_is_waited_for_a_few_seconds_alone() throws SQLException {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        fill(database);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table \"Patient File\" in access exclusive mode");
            start(database, "none", under(SECOND)).close();
        }
        assertThat(warnings()).singleElement().asString().contains("could not be looked at");
    }

    @Test
    void a_refused_start_leaves_no_connection_open() {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        fill(database);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Configuration settings = new Configuration().addAnnotatedClass(Patient.class);
            settings.getProperties().put("hibernate.connection.datasource", pool);
            settings.getProperties().put(CipherfieldService.CONFIGURATION, under(SECOND));
            assertThatThrownBy(settings::buildSessionFactory).isInstanceOf(ConfigurationException.class);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    private static SessionFactory startOffline(DataSource connections) {
        Configuration settings = new Configuration().addAnnotatedClass(Patient.class);
        settings.getProperties().put("hibernate.connection.datasource", connections);
        settings.setProperty("hibernate.dialect", H2Dialect.class.getName());
        settings.setProperty("hibernate.boot.allow_jdbc_metadata_access", "false");
        settings.getProperties().put(CipherfieldService.CONFIGURATION, under(FIRST));
        return settings.buildSessionFactory();
    }

    /** HikariCP, for one, throws no SQLException then. */
    @Test
    void without_a_connection_it_starts_with_a_warning() throws SQLException {
        DataSource away = mock(DataSource.class);
        when(away.getConnection()).thenThrow(new IllegalStateException("The pool is away"));
        startOffline(away).close();
        assertThat(warnings()).singleElement().asString().contains("no connection for it: The pool is away");
    }

    @Test
    void a_connection_that_breaks_is_a_warning() throws SQLException {
        DataSource broken = mock(DataSource.class);
        Connection connection = mock(Connection.class);
        when(broken.getConnection()).thenReturn(connection);
        when(connection.getAutoCommit()).thenThrow(new SQLException("It broke", "08006"));
        startOffline(broken).close();
        verify(connection).close();
        assertThat(warnings()).singleElement().asString().contains("the connection failed: It broke");
    }

    @Test
    void a_bug_is_not_taken_for_a_missing_connection() throws SQLException {
        DataSource dataSource = mock(DataSource.class);
        Connection connection = mock(Connection.class);
        when(dataSource.getConnection()).thenReturn(connection);
        when(connection.getAutoCommit()).thenThrow(new IllegalStateException("A bug"));
        assertThatThrownBy(() -> startOffline(dataSource)).hasStackTraceContaining("A bug");
        verify(connection).close();
        assertThat(warnings()).isEmpty();
    }
}
