package io.cipherfield.hibernate;

import io.cipherfield.CipherKey;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.BootstrapServiceRegistry;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.cfg.Configuration;

/** A SessionFactory over a database of its own, and a look at what that database holds. */
final class TestFactory implements AutoCloseable {

    static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    static final String OTHER_KEY = "f0f102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private final TestDatabase.Fresh database;
    private final SessionFactory sessions;

    private TestFactory(TestDatabase.Fresh database, SessionFactory sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    static TestFactory h2(Class<?>... entities) {
        return on(TestDatabase.H2.fresh(), Map.of(), entities);
    }

    /** A setting whose value is null is left out. */
    static TestFactory on(TestDatabase.Fresh database, Map<String, ?> settings, Class<?>... entities) {
        return on(new Configuration(), database, settings, entities);
    }

    /** Of entities that another class loader has made. */
    static TestFactory loadedBy(
            ClassLoader loader, TestDatabase.Fresh database, Map<String, ?> settings, Class<?>... entities) {
        BootstrapServiceRegistry registry =
                new BootstrapServiceRegistryBuilder().applyClassLoader(loader).build();
        return on(new Configuration(registry), database, settings, entities);
    }

    static TestFactory on(
            Configuration configuration, TestDatabase.Fresh database, Map<String, ?> settings, Class<?>... entities) {
        configuration.getProperties().putAll(database.settings());
        configuration.setProperty(Setting.KEY.property(), KEY);
        settings.forEach((name, value) -> {
            if (value == null) {
                configuration.getProperties().remove(name);
            } else {
                configuration.getProperties().put(name, value);
            }
        });
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        return new TestFactory(database, configuration.buildSessionFactory());
    }

    /** What stopped the start, or null if nothing did. */
    static ConfigurationException refusal(Class<?>... entities) {
        return refusal(TestDatabase.H2.fresh(), Map.of(), entities);
    }

    static ConfigurationException refusal(TestDatabase.Fresh database, Map<String, ?> settings, Class<?>... entities) {
        try (TestFactory started = on(database, settings, entities)) {
            return null;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ConfigurationException refusal) {
                    return refusal;
                }
            }
            throw e;
        }
    }

    SessionFactory sessions() {
        return sessions;
    }

    TestDatabase.Fresh database() {
        return database;
    }

    void persist(Object... entities) {
        sessions.inTransaction(session -> {
            for (Object entity : entities) {
                session.persist(entity);
            }
        });
    }

    <T> T find(Class<T> entity, Object id) {
        return sessions.fromTransaction(session -> session.find(entity, id));
    }

    /** The first column of the query's rows as the driver gives them: {@code byte[]}, String or another; large objects whole. */
    List<Object> raw(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                Object value = rows.getObject(1);
                values.add(
                        value instanceof Blob ? rows.getBytes(1) : value instanceof Clob ? rows.getString(1) : value);
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static CipherKey key() {
        return CipherKey.parse(KEY);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
