package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextText;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.reencrypt.JobProperties;
import io.cipherfield.hibernate.reencrypt.ReencryptionControl;
import io.cipherfield.hibernate.reencrypt.ReencryptionException;
import io.cipherfield.spring.clinic.Patient;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.h2.api.Trigger;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ReencryptionJobTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void every_factory_has_its_turn_under_its_name() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.registerBean("archive", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.refresh();

            assertThat(new ReencryptionJob(Job.VERIFY, out, new ReencryptionControl()).run(context))
                    .isZero();
        }

        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(List.of(text.split("scanned", -1))).hasSize(3);
        assertThat(text).containsSubsequence("=== clinic ===", "scanned", "=== archive ===", "scanned");
    }

    @Test
    void what_was_done_before_a_factory_failed_is_in_the_report_file(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("report.json");
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.registerBean("archive", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.refresh();
            set(context, JobOptions.REPORT_FILE, file.toString());
            try (EntityManager archive =
                    context.getBean("archive", EntityManagerFactory.class).createEntityManager()) {
                archive.getTransaction().begin();
                archive.createNativeQuery("drop table patient cascade").executeUpdate();
                archive.getTransaction().commit();
            }

            assertThatThrownBy(() -> new ReencryptionJob(Job.REENCRYPT, out, new ReencryptionControl()).run(context))
                    .isInstanceOf(ReencryptionException.class);
        }

        assertThat(Files.readString(file)).startsWith("[{").containsOnlyOnce("\"successful\": true");
    }

    @Test
    void a_single_factory_has_no_heading() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.refresh();

            assertThat(new ReencryptionJob(Job.CENSUS, out, new ReencryptionControl()).run(context))
                    .isZero();
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("===");
    }

    @Test
    void without_a_factory_the_job_cannot_run() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.refresh();

            assertThatThrownBy(() -> new ReencryptionJob(Job.DRY_RUN, out, new ReencryptionControl()).run(context))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("There is no EntityManagerFactory in this application, so that there is"
                            + " nothing to do for the job dry-run.");
        }
    }

    @Test
    void decrypt_all_is_confirmed_by_words_and_keeps_to_what_can_go_back() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::preparing);
            context.refresh();
            ReencryptionJob job = new ReencryptionJob(Job.DECRYPT_ALL, out, new ReencryptionControl());

            assertThatThrownBy(() -> job.run(context))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("Patient.born (")
                    .hasMessageContaining("cannot go back");
            set(context, JobSelection.PROPERTY, "Patient.ssn");
            assertThatThrownBy(() -> job.run(context))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("--cipherfield.job.confirm=")
                    .hasMessageEndingWith("store 1 column in clear");
            set(context, Job.CONFIRM, "store 1 column in clear");
            assertThat(job.run(context)).isZero();
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("decrypted", "already in clear");
    }

    @Test
    void a_copy_goes_from_one_attribute_to_another() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.refresh();
            EntityManagerFactory clinic = context.getBean("clinic", EntityManagerFactory.class);
            try (EntityManager entities = clinic.createEntityManager()) {
                entities.getTransaction().begin();
                entities.persist(new Patient("Ada", null, null));
                entities.persist(new Patient("Grace", "other", null));
                entities.getTransaction().commit();
            }
            ReencryptionJob job = new ReencryptionJob(Job.COPY, out, new ReencryptionControl());

            assertThatThrownBy(() -> job.run(context))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("cipherfield.job.copy-from is not set");
            set(context, CopySelection.FROM, "Patient.name");
            set(context, CopySelection.TO, "Doctor.ssn");
            assertThatThrownBy(() -> job.run(context))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("two attributes of one entity");
            set(context, CopySelection.TO, "Patient.ssn");
            ReencryptionJob dry = new ReencryptionJob(Job.COPY_DRY_RUN, out, new ReencryptionControl());
            assertThat(dry.run(context)).isEqualTo(2);
            assertThat(job.run(context)).isEqualTo(2);
            set(context, JobOptions.COPY_OVERWRITE, "true");
            assertThat(job.run(context)).isZero();
            try (EntityManager entities = clinic.createEntityManager()) {
                assertThat(entities.createQuery("from Patient p order by p.id", Patient.class)
                                .getResultList())
                        .extracting(Patient::toString)
                        .containsExactly("Ada Ada null", "Grace Grace null");
            }
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("to copy", "copied", "already the same")
                .contains("holds another value than");
    }

    @Test
    void a_rebind_without_former_contexts_says_what_is_missing() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.refresh();

            assertThatThrownBy(() -> new ReencryptionJob(Job.REBIND, out, new ReencryptionControl()).run(context))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("formerContexts = ");
        }
    }

    @Test
    void a_rebind_passes_over_a_factory_without_former_contexts_if_another_has_some() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("archive", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.registerBean(
                    "clinic",
                    EntityManagerFactory.class,
                    () -> factoryAt(freshUrl(), PlaintextPolicy.REFUSE, Renamed.class));
            context.refresh();

            assertThat(new ReencryptionJob(Job.REBIND, out, new ReencryptionControl()).run(context))
                    .isZero();
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .containsSubsequence("=== archive ===", "nothing to rebind", "=== clinic ===", "scanned")
                .containsOnlyOnce("nothing to rebind");
    }

    @Entity(name = "Renamed")
    static class Renamed {
        @Id
        Long id;

        @Encrypted(formerContexts = "Former.secret")
        String secret;
    }

    @Test
    void a_job_does_not_start_for_an_entity_that_there_is_not() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("clinic", EntityManagerFactory.class, ReencryptionJobTest::factory);
            context.refresh();
            set(context, JobSelection.PROPERTY, "Patient, Patent.ssn");

            assertThatThrownBy(() -> new ReencryptionJob(Job.VERIFY, out, new ReencryptionControl()).run(context))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "cipherfield.job.only names Patent.ssn, and there is no such entity. Name one of Patient,"
                                    + " or one of their attributes, as in Patient.ssn.");
        }
    }

    private static void set(GenericApplicationContext context, String property, String value) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(property, Map.of(property, value)));
    }

    @Test
    void triggers_are_allowed_by_a_property() throws Exception {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            String url = freshUrl();
            context.registerBean("clinic", EntityManagerFactory.class, () -> factoryAt(url, PlaintextPolicy.REFUSE));
            context.refresh();
            context.getBean(EntityManagerFactory.class);
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("create trigger stamp before update on patient for each row call '"
                        + NoTrigger.class.getName() + "'");
            }

            assertThatThrownBy(() -> new ReencryptionJob(Job.REENCRYPT, out, new ReencryptionControl()).run(context))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining(JobProperties.ALLOW_TRIGGERS);
            assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("arguments", Map.of(JobProperties.ALLOW_TRIGGERS, "true")));
            assertThat(new ReencryptionJob(Job.REENCRYPT, out, new ReencryptionControl()).run(context))
                    .isZero();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("trigger STAMP");
    }

    @Test
    void plaintext_that_starts_like_ciphertext_is_accepted_by_a_property_with_or_without_an_index() throws Exception {
        byte[] lookalike = "??note and enough behind it to be a ciphertext".getBytes(StandardCharsets.US_ASCII);
        lookalike[0] = (byte) 0xCF;
        lookalike[1] = 1;
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            String url = freshUrl();
            context.registerBean("clinic", EntityManagerFactory.class, () -> factoryAt(url, PlaintextPolicy.ALLOW));
            context.refresh();
            context.getBean(EntityManagerFactory.class);
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                for (int id = 1; id <= 3; id++) {
                    lookalike[2] = (byte) ('a' + id);
                    statement.execute("insert into patient (id, ssn) values (" + id + ", '"
                            + CiphertextText.encode(lookalike) + "')");
                }
            }
            ReencryptionJob job = new ReencryptionJob(Job.REENCRYPT, out, new ReencryptionControl());
            assertThat(job.run(context)).isEqualTo(2);
            set(context, JobProperties.ACCEPT_PLAINTEXT, "Patient.ssn, row 1");
            assertThat(job.run(context)).isEqualTo(2);
            set(context, JobProperties.ACCEPT_PLAINTEXT + "[0]", "Patient.ssn, row 2");
            assertThatThrownBy(() -> job.run(context))
                    .hasMessageContaining("The value at Patient.ssn, row 1 cannot be accepted");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("failed: Patient.ssn, row 1, key ", "  of these, from plaintext      1");
    }

    /** H2 calls it. */
    public static final class NoTrigger implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {}
    }

    private static String freshUrl() {
        return "jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
    }

    private static EntityManagerFactory factory() {
        return factoryAt(freshUrl(), PlaintextPolicy.REFUSE);
    }

    private static EntityManagerFactory preparing() {
        return factoryAt(freshUrl(), PlaintextPolicy.PREPARE);
    }

    private static EntityManagerFactory factoryAt(String url, PlaintextPolicy plaintext) {
        return factoryAt(url, plaintext, Patient.class);
    }

    private static EntityManagerFactory factoryAt(String url, PlaintextPolicy plaintext, Class<?> entity) {
        Configuration configuration = new Configuration().addAnnotatedClass(entity);
        configuration
                .getProperties()
                .putAll(Map.of(
                        AvailableSettings.JAKARTA_JDBC_URL,
                        url,
                        AvailableSettings.HBM2DDL_AUTO,
                        "create",
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(
                                        Keyring.of(CipherKey.parse("zzilWDMmfkTwttfma8nWzFOM5vMAO6aXsHKyloIQpoQ=")))
                                .withPlaintext(plaintext)));
        return configuration.buildSessionFactory();
    }
}
