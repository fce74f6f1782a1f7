package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextText;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An attribute that becomes deterministic, and randomised again. */
class ChangedModeTest {

    private static final CipherKey KEY = CipherKey.parse("a1".repeat(31) + "00");

    @Entity(name = "Randomised")
    @Table(name = "document")
    static class Randomised {
        @Id
        Long id;

        @Encrypted(context = "Document.code")
        String code;
    }

    @Entity(name = "Deterministic")
    @Table(name = "document")
    static class Deterministic {
        @Id
        Long id;

        @Encrypted(context = "Document.code", deterministic = true)
        String code;
    }

    @ParameterizedTest
    @EnumSource
    void randomised_values_in_a_deterministic_column_stop_the_start_until_the_job_has_run(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory randomised = start(database, "create", StartupCheckMode.FAIL, Randomised.class)) {
            randomised.inTransaction(session -> {
                for (long id = 1; id <= 3; id++) {
                    Randomised document = new Randomised();
                    document.id = id;
                    document.code = "code 1";
                    session.persist(document);
                }
            });
        }

        assertThatThrownBy(() -> start(database, "none", StartupCheckMode.FAIL, Deterministic.class))
                .isInstanceOfSatisfying(ConfigurationException.class, refusal -> {
                    assertThat(refusal.description())
                            .contains("when their attribute was randomised")
                            .contains("document.code (" + Deterministic.class.getName() + ".code)");
                    assertThat(refusal.action()).contains("Run the re-encryption job");
                });

        try (SessionFactory deterministic = start(database, "none", StartupCheckMode.WARN, Deterministic.class)) {
            assertThat(found(deterministic)).isZero();
            assertThat(Reencryption.of(deterministic).run().rewritten()).isEqualTo(3);
            assertThat(found(deterministic)).isEqualTo(3);
            assertThat(Reencryption.of(deterministic).run().rewritten()).isZero();
        }
        start(database, "none", StartupCheckMode.FAIL, Deterministic.class).close();

        try (SessionFactory randomised = start(database, "none", StartupCheckMode.FAIL, Randomised.class)) {
            String code = randomised.fromTransaction(session -> session.find(Randomised.class, 1L).code);
            assertThat(code).isEqualTo("code 1");
            assertThat(Reencryption.of(randomised).run().rewritten()).isEqualTo(3);
            Long codes = randomised.fromTransaction(
                    session -> session.createNativeQuery("select count(distinct code) from document", Long.class)
                            .getSingleResult());
            assertThat(codes).isEqualTo(3L);
        }
    }

    @Entity(name = "Bytes")
    @Table(name = "document")
    static class Bytes {
        @Id
        Long id;

        @Encrypted(context = "Document.code", deterministic = true, storage = Storage.BINARY)
        String code;
    }

    @ParameterizedTest
    @EnumSource
    void text_forms_in_a_deterministic_column_of_bytes_stop_the_start_until_the_job_has_run(TestDatabase kind)
            throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        try (SessionFactory bytes = start(database, "create", StartupCheckMode.FAIL, Bytes.class)) {
            bytes.inTransaction(session -> {
                for (long id = 1; id <= 3; id++) {
                    Bytes document = new Bytes();
                    document.id = id;
                    document.code = "code 1";
                    session.persist(document);
                }
            });
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select code from document where id = 2");
                PreparedStatement update = connection.prepareStatement("update document set code = ? where id = 2")) {
            assertThat(row.next()).isTrue();
            update.setBytes(1, CiphertextText.encode(row.getBytes(1)).getBytes(StandardCharsets.US_ASCII));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }

        assertThatThrownBy(() -> start(database, "none", StartupCheckMode.FAIL, Bytes.class))
                .isInstanceOfSatisfying(ConfigurationException.class, refusal -> {
                    assertThat(refusal.description())
                            .contains("text forms of deterministic values")
                            .contains("document.code (" + Bytes.class.getName() + ".code)");
                    assertThat(refusal.action()).contains("Run the re-encryption job");
                });

        try (SessionFactory bytes = start(database, "none", StartupCheckMode.WARN, Bytes.class)) {
            assertThat(found(bytes, "Bytes")).isEqualTo(2);
            assertThat(Reencryption.of(bytes).run().rewritten()).isEqualTo(1);
            assertThat(found(bytes, "Bytes")).isEqualTo(3);
        }
        start(database, "none", StartupCheckMode.FAIL, Bytes.class).close();
    }

    private static long found(SessionFactory sessions) {
        return found(sessions, "Deterministic");
    }

    private static long found(SessionFactory sessions, String entity) {
        return sessions.fromTransaction(
                session -> session.createQuery("select count(*) from " + entity + " d where d.code = :code", Long.class)
                        .setParameter("code", "code 1")
                        .getSingleResult());
    }

    private static SessionFactory start(
            TestDatabase.Fresh database, String ddl, StartupCheckMode check, Class<?> entity) {
        Configuration settings = new Configuration().addAnnotatedClass(entity);
        settings.getProperties().putAll(database.settings());
        settings.setProperty("hibernate.hbm2ddl.auto", ddl);
        settings.getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(Keyring.of(KEY)).withStartupCheck(check));
        return settings.buildSessionFactory();
    }
}
