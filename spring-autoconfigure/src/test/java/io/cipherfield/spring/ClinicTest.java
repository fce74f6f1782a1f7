package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.spring.clinic.Patient;
import io.cipherfield.spring.testing.Clinic;
import io.cipherfield.spring.testing.RawDatabase;
import jakarta.persistence.EntityManager;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/** A whole application, as its users see it, on each supported line of Spring Boot. */
@ExtendWith(OutputCaptureExtension.class)
class ClinicTest {

    private static final String SSN = "078-05-1120";

    private final CipherKey key = CipherKey.parse("D6O951GegpAN93jarlHd71qID7espoT9DKFeQdGC2h8=");

    @Test
    void what_comes_in_by_http_is_ciphertext_in_the_database_and_plaintext_for_clients(@TempDir Path directory) {
        String url = "jdbc:h2:" + directory.resolve("clinic");
        long id;
        try (Clinic clinic = Clinic.start(url, Map.of("cipherfield.key", key.toBase64()))) {
            id = clinic.store("Ada", SSN, "1815-12-10");
            assertThat(clinic.read(id)).isEqualTo("Ada " + SSN + " 1815-12-10");
        }

        RawDatabase database = new RawDatabase(url);
        String ssn = (String) database.value("select ssn from patient where id = ?", id);
        byte[] born = (byte[]) database.value("select born from patient where id = ?", id);
        assertThat(ssn).doesNotContain(SSN);
        assertThat(CiphertextHeader.of(ssn).keyId()).isEqualTo(key.id());
        assertThat(CiphertextHeader.of(born).keyId()).isEqualTo(key.id());
        assertThat(database.value("select name from patient where id = ?", id)).isEqualTo("Ada");

        try (Clinic restarted = Clinic.start(url, Map.of("cipherfield.key", key.toBase64()))) {
            assertThat(restarted.read(id)).isEqualTo("Ada " + SSN + " 1815-12-10");
        }
    }

    @Test
    void a_database_under_a_key_that_is_missing_stops_the_start_and_names_it(
            @TempDir Path directory, CapturedOutput output) {
        String url = "jdbc:h2:" + directory.resolve("clinic");
        try (Clinic clinic = Clinic.start(url, Map.of("cipherfield.key", key.toBase64()))) {
            clinic.store("Ada", SSN, "1815-12-10");
        }
        String other =
                CipherKey.parse("cOE7ehc40ozgTqy1THjAhESomP0YnK6LPMF983tTPfk=").toBase64();

        assertThatThrownBy(() -> Clinic.start(url, Map.of("cipherfield.key", other)))
                .isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("""
                        Description:

                        The database holds values that no key in the ring can read:
                            patient.born (%1$s.born): key %2$s
                            patient.ssn (%1$s.ssn): key %2$s

                        Action:

                        Add key %2$s to CIPHERFIELD_DECRYPT_ONLY_KEYS (cipherfield.decrypt-only-keys).
                        To start nevertheless,""".formatted(Patient.class.getName(), key.id()))
                .doesNotContain(other);
    }

    /** Otherwise their absence in a job would prove nothing. */
    @Test
    void everything_starts_where_no_job_is_asked_for(@TempDir Path directory, CapturedOutput output) {
        try (Clinic clinic =
                Clinic.start("jdbc:h2:" + directory.resolve("clinic"), Map.of("cipherfield.key", key.toBase64()))) {
            for (String sign : new String[] {
                "runner", "message listener", "refreshed", "post construct", "web component", "scheduler"
            }) {
                await().atMost(1, TimeUnit.MINUTES)
                        .untilAsserted(() -> assertThat(output).contains("sign of life: " + sign));
            }
        }
    }

    @Test
    void neither_key_nor_plaintext_is_logged(@TempDir Path directory, CapturedOutput output) {
        Map<String, Object> properties = Map.of(
                "cipherfield.key", key.toBase64(),
                "logging.level.org.hibernate.SQL", "trace",
                "logging.level.org.hibernate.orm.jdbc", "trace",
                "logging.level.org.hibernate.event", "trace",
                "logging.level.org.springframework.beans", "trace",
                "logging.level.org.springframework.core.env", "trace",
                "logging.level.org.springframework.boot.autoconfigure", "trace");
        try (Clinic clinic = Clinic.start("jdbc:h2:" + directory.resolve("clinic"), properties)) {
            clinic.read(clinic.store("Ada", SSN, "1815-12-10"));
        }

        assertThat(output.toString())
                .contains("insert into patient")
                .contains("The property cipherfield.key (from defaultProperties) is set")
                .doesNotContain(key.toBase64().substring(0, 20))
                .doesNotContain(SSN)
                .doesNotContain("1815-12-10");
    }

    @Test
    void actuator_shows_no_key_even_if_it_shows_values(@TempDir Path directory) {
        CipherKey other = CipherKey.parse("TAwCsTesjM4fG9fWB7vD7PtSnwBvovx1jAyQmLdoyX8=");
        Map<String, Object> properties = Map.of(
                "cipherfield.key", key.toBase64(),
                "cipherfield.decrypt-only-keys[0]", other.toBase64(),
                "management.endpoint.env.show-values", "always",
                "management.endpoint.configprops.show-values", "always",
                "management.endpoints.web.exposure.include", "*");
        try (Clinic clinic = Clinic.start("jdbc:h2:" + directory.resolve("clinic"), properties)) {
            String environment = clinic.get("/actuator/env");
            assertThat(environment)
                    .contains("\"cipherfield.key\":{\"value\":\"******\"")
                    .contains("\"management.endpoints.web.exposure.include\":{\"value\":\"*\"");
            for (String path : new String[] {"env", "env/cipherfield.key", "configprops", "beans", "conditions"}) {
                assertThat(clinic.get("/actuator/" + path))
                        .doesNotContain(key.toBase64().substring(0, 20))
                        .doesNotContain(other.toBase64().substring(0, 20));
            }
        }
    }

    /** At start or at the call: the lines of Spring Boot differ. */
    @Test
    void a_derived_query_by_a_randomised_attribute_fails_and_names_the_attribute(@TempDir Path directory) {
        try (Clinic clinic =
                Clinic.start("jdbc:h2:" + directory.resolve("clinic"), Map.of("cipherfield.key", key.toBase64()))) {
            clinic.store("Ada", SSN, "1815-12-10");
            EntityManager entityManager = clinic.context().getBean(EntityManager.class);

            assertThatThrownBy(() -> new JpaRepositoryFactory(entityManager)
                            .getRepository(SearchRepository.class)
                            .findBySsn(SSN))
                    .hasStackTraceContaining("Patient.ssn")
                    .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain(SSN));
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @NoRepositoryBean
    interface SearchRepository extends Repository<Patient, Long> {

        List<Patient> findBySsn(String ssn);
    }
}
