package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** A persistence unit over a database that outlives it, so that it can be started again with other keys. */
final class Unit implements AutoCloseable {

    static final String OLD_HEX = "a1".repeat(31) + "00";
    static final String NEW_HEX = "b2".repeat(31) + "00";
    static final String LOST_HEX = "c3".repeat(31) + "00";
    static final CipherKey OLD = CipherKey.parse(OLD_HEX);
    static final CipherKey NEW = CipherKey.parse(NEW_HEX);
    static final CipherKey LOST = CipherKey.parse(LOST_HEX);

    private final TestDatabase.Fresh database;
    private final SessionFactory sessions;

    private Unit(TestDatabase.Fresh database, SessionFactory sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** Creates the tables and encrypts under {@link #OLD}. */
    static Unit before(TestDatabase.Fresh database, Class<?>... entities) {
        return start(database, "create", CipherfieldConfiguration.of(Keyring.of(OLD)), entities);
    }

    /** Encrypts under {@link #NEW} and still reads {@link #OLD}. */
    static Unit after(TestDatabase.Fresh database, Class<?>... entities) {
        return start(database, "none", CipherfieldConfiguration.of(Keyring.of(NEW, OLD)), entities);
    }

    static Unit start(
            TestDatabase.Fresh database, String ddl, CipherfieldConfiguration configuration, Class<?>... entities) {
        return start(
                database,
                ddl,
                // The start-up check has tests of its own.
                configuration.withStartupCheck(StartupCheckMode.OFF),
                settings -> settings,
                entities);
    }

    static Unit start(
            TestDatabase.Fresh database,
            String ddl,
            CipherfieldConfiguration configuration,
            Function<Configuration, Configuration> further,
            Class<?>... entities) {
        Configuration settings = new Configuration();
        settings.getProperties().putAll(database.settings());
        settings.setProperty("hibernate.hbm2ddl.auto", ddl);
        settings.getProperties().put(CipherfieldService.CONFIGURATION, configuration);
        for (Class<?> entity : entities) {
            settings.addAnnotatedClass(entity);
        }
        return new Unit(database, further.apply(settings).buildSessionFactory());
    }

    static CipherfieldConfiguration allowingPlaintext() {
        return CipherfieldConfiguration.of(Keyring.of(NEW, OLD)).withPlaintext(PlaintextPolicy.ALLOW);
    }

    SessionFactory sessions() {
        return sessions;
    }

    Reencryption job() {
        return Reencryption.of(sessions);
    }

    void persist(List<?> entities) {
        sessions.inTransaction(session -> entities.forEach(session::persist));
    }

    void persist(Object... entities) {
        persist(Arrays.asList(entities));
    }

    <T> List<T> all(Class<T> entity) {
        return sessions.fromTransaction(session ->
                session.createQuery("from " + entity.getName(), entity).getResultList());
    }

    void execute(String... sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row as the database holds it, each value as text, bytes as hex. */
    List<List<String>> raw(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    Object value = rows.getObject(i);
                    row.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : rows.getString(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
