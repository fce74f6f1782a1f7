package io.cipherfield.hibernate.internal.version;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.sqm.sql.StandardSqmTranslatorFactory;

/** A factory on H2 that encrypts nothing and whose queries Hibernate translates itself; it notes each SQL statement. */
final class ProbeFactory implements AutoCloseable {

    private final TestDatabase.Fresh database;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final SessionFactory sessions;

    ProbeFactory(Class<?>... entities) {
        this(TestDatabase.H2.fresh(), Map.of(), entities);
    }

    ProbeFactory(TestDatabase.Fresh database, Map<String, ?> settings, Class<?>... entities) {
        this.database = database;
        Configuration configuration = new Configuration();
        configuration.getProperties().putAll(database.settings());
        configuration.setProperty("hibernate.query.sqm.translator", StandardSqmTranslatorFactory.class.getName());
        configuration.getProperties().putAll(settings);
        configuration.setStatementInspector(sql -> {
            statements.add(sql);
            return sql;
        });
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        sessions = configuration.buildSessionFactory();
    }

    SessionFactory sessions() {
        return sessions;
    }

    SessionFactoryImplementor internals() {
        return sessions.unwrap(SessionFactoryImplementor.class);
    }

    List<String> statements() {
        return statements;
    }

    void persist(Object... entities) {
        sessions.inTransaction(session -> List.of(entities).forEach(session::persist));
    }

    /** The first column of the query's rows as the driver gives them. */
    List<Object> raw(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
