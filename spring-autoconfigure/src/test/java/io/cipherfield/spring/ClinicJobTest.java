package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.KeyId;
import io.cipherfield.spring.clinic.ClinicApplication;
import io.cipherfield.spring.clinic.Patient;
import io.cipherfield.spring.clinic.SwallowingApplication;
import io.cipherfield.spring.testing.ChildJvm;
import io.cipherfield.spring.testing.Clinic;
import io.cipherfield.spring.testing.RawDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of a real application in a process of its own, and that process's exit status. */
class ClinicJobTest {

    private static final String SSN = "078-05-1120";

    private static final CipherKey OLD = CipherKey.parse("aec7pJNcqccuJR60TbeGSNlmTGR5xnIR1YKTdiYc4z0=");
    private static final CipherKey CURRENT = CipherKey.parse("HPbO2ksmpFeUfMd1aoOKeUg3yCiP1jufCCStq3FPaJo=");
    private static final Map<String, String> ROTATED =
            Map.of("CIPHERFIELD_KEY", CURRENT.toBase64(), "CIPHERFIELD_DECRYPT_ONLY_KEYS", OLD.toBase64());

    @TempDir
    private static Path stored;

    private static long ada;
    private static long grace;

    private String url;
    private RawDatabase database;

    @BeforeAll
    static void store_two_patients_with_the_old_key() {
        try (Clinic clinic =
                Clinic.start("jdbc:h2:" + stored.resolve("clinic"), Map.of("cipherfield.key", OLD.toBase64()))) {
            ada = clinic.store("Ada", SSN, "1815-12-10");
            grace = clinic.store("Grace", "987-65-4320", "1906-12-09");
        }
    }

    @BeforeEach
    void copy_them(@TempDir Path directory) throws IOException {
        Files.copy(stored.resolve("clinic.mv.db"), directory.resolve("clinic.mv.db"));
        url = "jdbc:h2:" + directory.resolve("clinic");
        database = new RawDatabase(url);
    }

    @Test
    void reencrypt_rewrites_everything_with_the_new_key_and_serves_nobody() {
        ChildJvm.Result result = job("reencrypt", ROTATED);

        assertThat(result.output()).as(result.output()).doesNotContain("sign of life");
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).containsPattern("rewritten +4\n").containsPattern("failed +0\n");
        assertThat(keyOf("ssn", ada)).isEqualTo(CURRENT.id());
        assertThat(keyOf("born", ada)).isEqualTo(CURRENT.id());
        assertThat(keyOf("ssn", grace)).isEqualTo(CURRENT.id());
        try (Clinic clinic = Clinic.start(url, Map.of("cipherfield.key", CURRENT.toBase64()))) {
            assertThat(clinic.read(ada)).isEqualTo("Ada " + SSN + " 1815-12-10");
        }
    }

    @Test
    void the_report_stands_by_itself_at_the_end_of_the_output() {
        ChildJvm.Result result = job("reencrypt", ROTATED);

        assertThat(result.output()).as(result.output()).doesNotContain(":: Spring Boot ::");
        assertThat(result.output().substring(result.output().indexOf("\n\nvalues")))
                .matches("""


                        values +count
                        scanned +4
                        rewritten +4
                          of these, from plaintext +0
                        already current +0
                        null +0
                        changed meanwhile +0
                        failed +0
                        took .* s
                        written by MERGE from arrays: patient
                        key [0-9a-f]{8}: none found in 2 columns of 1 table at .*
                        """);
    }

    @Test
    void a_value_that_does_not_decrypt_is_named_and_the_status_is_two() {
        String stored = (String) database.value("select ssn from patient where id = ?", ada);
        char last = stored.charAt(30) == 'A' ? 'B' : 'A';
        String tampered = stored.substring(0, 30) + last + stored.substring(31);
        database.update("update patient set ssn = ? where id = ?", tampered, ada);

        ChildJvm.Result result = job("reencrypt", ROTATED);

        assertThat(result.status()).as(result.output()).isEqualTo(2);
        assertThat(result.output())
                .containsPattern("rewritten +3\n")
                .contains("failed: patient.ssn, row " + ada + ", key " + OLD.id() + ": ")
                .doesNotContain(stored.substring(8));
        assertThat(database.value("select ssn from patient where id = ?", ada)).isEqualTo(tampered);
        assertThat(keyOf("ssn", grace)).isEqualTo(CURRENT.id());
    }

    @Test
    void without_a_key_the_status_is_one_and_the_reason_is_printed() {
        ChildJvm.Result result = job("reencrypt", Map.of());

        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .contains("No encryption key is set.");
        assertThat(keyOf("ssn", ada)).isEqualTo(OLD.id());
    }

    @Test
    void a_ring_that_lacks_the_old_key_changes_nothing() {
        ChildJvm.Result result = job("reencrypt", Map.of("CIPHERFIELD_KEY", CURRENT.toBase64()));

        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("""
                        Description:

                        The job was not started: values need keys that are not in the ring:
                            patient.born (%1$s.born): key %2$s
                            patient.ssn (%1$s.ssn): key %2$s

                        Action:

                        Add key %2$s to CIPHERFIELD_DECRYPT_ONLY_KEYS (""".formatted(Patient.class.getName(), OLD.id()));
        assertThat(keyOf("ssn", ada)).isEqualTo(OLD.id());
    }

    @Test
    void a_main_method_that_hides_failures_does_not_hide_the_status() {
        ChildJvm.Result result = job(SwallowingApplication.class, "reencrypt", Map.of());

        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("No encryption key is set.").doesNotContain("something went wrong");
    }

    @Test
    void an_unknown_job_is_refused_with_those_that_there_are() {
        ChildJvm.Result result = job("rencrypt", ROTATED);

        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .contains("There is no job \"rencrypt\".")
                .contains("reencrypt, verify, census, dry-run")
                .doesNotContain("sign of life");
    }

    @Test
    void a_database_that_does_not_answer_is_status_one() {
        ChildJvm.Result result = ChildJvm.run(
                ClinicApplication.class,
                ROTATED,
                List.of("--cipherfield.job=verify", "--spring.datasource.url=" + url + ";IFEXISTS=TRUE;CIPHER=NONE"));

        assertThat(result.status()).as(result.output()).isEqualTo(1);
    }

    @Test
    void verify_decrypts_everything_and_changes_nothing() {
        Object before = database.value("select ssn from patient where id = ?", ada);

        ChildJvm.Result result = job("verify", ROTATED);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(database.value("select ssn from patient where id = ?", ada)).isEqualTo(before);
    }

    @Test
    void dry_run_changes_nothing() {
        Object before = database.value("select ssn from patient where id = ?", ada);

        ChildJvm.Result result = job("dry-run", ROTATED);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(database.value("select ssn from patient where id = ?", ada)).isEqualTo(before);
    }

    @Test
    void census_counts_values_by_key() {
        ChildJvm.Result result = job("census", ROTATED);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .containsPattern("patient\\.ssn +Patient\\.ssn +aes-siv +" + OLD.id() + " decrypts +2\n")
                .doesNotContain("sign of life");
    }

    @Test
    void a_job_in_an_environment_variable_is_done_too() {
        Map<String, String> variables = new HashMap<>(ROTATED);
        variables.put("CIPHERFIELD_JOB", "census");

        ChildJvm.Result result = ChildJvm.run(
                ClinicApplication.class, variables, List.of(url(), "--spring.datasource.username=" + RawDatabase.USER));

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains(OLD.id().toString());
    }

    @Test
    void sigterm_stops_the_job_behind_its_page_with_a_report_and_a_status_of_its_own(@TempDir Path directory)
            throws IOException {
        Path hold = Files.createFile(directory.resolve("hold"));
        Path report = directory.resolve("report.json");
        List<String> arguments = List.of(
                "--cipherfield.job=reencrypt",
                "--cipherfield.job.flag-file=" + hold,
                "--cipherfield.job.report-file=" + report,
                // H2 would close an embedded database at the signal.
                url() + ";DB_CLOSE_ON_EXIT=FALSE",
                "--spring.datasource.username=" + RawDatabase.USER);

        ChildJvm.Result result = ChildJvm.run(ClinicApplication.class, ROTATED, arguments, hold + " exists");

        assertThat(result.status()).as(result.output()).isEqualTo(3);
        assertThat(result.output()).contains("stopped before all was done; the next start goes on there");
        assertThat(Files.readString(report)).contains("\"end\": \"stopped\"");
        assertThat(keyOf("ssn", ada)).isEqualTo(OLD.id());

        ChildJvm.Result next = job("reencrypt", ROTATED);
        assertThat(next.status()).as(next.output()).isZero();
        assertThat(next.output()).contains("the counts are of all 2 attempts");
        assertThat(keyOf("ssn", ada)).isEqualTo(CURRENT.id());
    }

    @Test
    void an_option_that_is_none_is_named() {
        ChildJvm.Result result = ChildJvm.run(
                ClinicApplication.class,
                ROTATED,
                List.of(
                        "--cipherfield.job=reencrypt",
                        "--cipherfield.job.parallelism=many",
                        url(),
                        "--spring.datasource.username=" + RawDatabase.USER));

        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("cipherfield.job.parallelism is set to \"many\".");
        assertThat(keyOf("ssn", ada)).isEqualTo(OLD.id());
    }

    private ChildJvm.Result job(String name, Map<String, String> variables) {
        return job(ClinicApplication.class, name, variables);
    }

    /** The port is taken, so that an application that started its web server would fail. */
    private ChildJvm.Result job(Class<?> main, String name, Map<String, String> variables) {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--cipherfield.job=" + name,
                    url(),
                    "--spring.datasource.username=" + RawDatabase.USER,
                    "--spring.main.web-application-type=servlet",
                    "--server.address=127.0.0.1",
                    "--server.port=" + taken.getLocalPort()));
            ChildJvm.Result result = ChildJvm.run(main, variables, arguments);
            for (String secret : variables.values()) {
                assertThat(result.output()).doesNotContain(secret);
            }
            assertThat(result.output()).doesNotContain(SSN);
            return result;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url() {
        return "--spring.datasource.url=" + url;
    }

    private KeyId keyOf(String column, long id) {
        Object stored = database.value("select " + column + " from patient where id = ?", id);
        CiphertextHeader header =
                stored instanceof byte[] bytes ? CiphertextHeader.of(bytes) : CiphertextHeader.of((String) stored);
        return header.keyId();
    }
}
