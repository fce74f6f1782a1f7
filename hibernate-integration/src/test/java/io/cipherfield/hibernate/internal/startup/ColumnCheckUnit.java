package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.slf4j.LoggerFactory;

/** A database with tables made by hand, and what the last start said of them. */
final class ColumnCheckUnit {

    private static final CipherKey KEY = CipherKey.parse("c3".repeat(31) + "00");

    private final TestDatabase.Fresh database;
    private final Map<String, Object> settings = new HashMap<>();
    private CipherfieldConfiguration configuration = CipherfieldConfiguration.of(Keyring.of(KEY));
    private String message = "";
    private List<String> advice = List.of();

    ColumnCheckUnit(TestDatabase.Fresh database) {
        this.database = database;
    }

    ColumnCheckUnit execute(String... statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    boolean refused(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    List<String> query(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void plaintext(PlaintextPolicy policy) {
        configuration = configuration.withPlaintext(policy);
    }

    ColumnCheckUnit set(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    SessionFactory start(Class<?>... entities) {
        Configuration hibernate = new Configuration();
        hibernate.getProperties().putAll(database.settings());
        hibernate.setProperty("hibernate.hbm2ddl.auto", "none");
        hibernate.getProperties().putAll(settings);
        hibernate.getProperties().put(CipherfieldService.CONFIGURATION, configuration);
        for (Class<?> entity : entities) {
            hibernate.addAnnotatedClass(entity);
        }
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(StartupCheck.class);
        logger.addAppender(log);
        try {
            return hibernate.buildSessionFactory();
        } finally {
            logger.detachAppender(log);
            advice = log.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .flatMap(String::lines)
                    .toList();
        }
    }

    /** The lines on columns with which the start is refused. */
    List<String> errors(Class<?>... entities) {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class, () -> start(entities).close());
        assertThat(refusal).as("a refusal").isNotNull();
        message = refusal.getMessage();
        return findings(message.lines().toList());
    }

    /** The last refusal's. */
    String message() {
        return message;
    }

    /** The lines on columns that the last start logged, which stopped nothing. */
    List<String> advice() {
        List<String> findings = findings(advice);
        if (findings.isEmpty()) {
            assertThat(advice).isEmpty();
        }
        return findings;
    }

    private static List<String> findings(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("    ") && !line.endsWith(";"))
                .map(String::trim)
                .toList();
    }

    /** Those of the last refusal, or of the last advice if there was none. */
    List<String> statements() {
        List<String> lines = message.isEmpty() ? advice : message.lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("    ") && line.endsWith(";"))
                .map(String::trim)
                .toList();
    }

    /** Does what the message says. */
    ColumnCheckUnit follow() {
        assertThat(statements()).isNotEmpty();
        execute(statements().stream()
                .map(statement -> statement.substring(0, statement.length() - 1))
                .toArray(String[]::new));
        message = "";
        return this;
    }
}
