package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database file that the vault has written and closed, and what is done with it afterwards. */
class RotationTest {

    private static final Path DATABASE = Path.of("data", "credential-vault.mv.db");
    private static final CipherKey OLD_KEY = CipherKey.parse("y7dbyKRo6p1ZnXxDocb7Pe8wARuGZOyg0yVuPvevFm4=");
    private static final CipherKey NEW_KEY = CipherKey.parse("ZJ0zeMSZPbDAgdrDY6wyp0lcFOfBw1GiguwkM3LKKv0=");
    private static final Map<String, String> OLD = Map.of("CIPHERFIELD_KEY", OLD_KEY.toBase64());
    private static final Map<String, String> NEW = Map.of("CIPHERFIELD_KEY", NEW_KEY.toBase64());
    private static final Map<String, String> BOTH =
            Map.of("CIPHERFIELD_KEY", NEW_KEY.toBase64(), "CIPHERFIELD_DECRYPT_ONLY_KEYS", OLD_KEY.toBase64());

    @TempDir
    private static Path writtenIn;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write_a_database() throws Exception {
        try (VaultProcess vault = VaultProcess.serve(writtenIn, OLD)) {
            for (String name : new String[] {"warehouse north", "warehouse south"}) {
                String body = "{\"name\":\"%s\",\"url\":\"jdbc:mariadb://db/sales\",\"password\":\"correct horse\"}";
                assertThat(vault.send("POST", "/connections", body.formatted(name))
                                .statusCode())
                        .isEqualTo(201);
            }
        }
    }

    @BeforeEach
    void copy_the_database() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.copy(writtenIn.resolve(DATABASE), folder.resolve(DATABASE));
    }

    @Test
    void the_file_shows_the_names_and_no_secret() throws IOException {
        assertThat(Files.readString(folder.resolve(DATABASE), StandardCharsets.ISO_8859_1))
                .contains("warehouse north", "warehouse south")
                .doesNotContain("mariadb", "correct horse");
    }

    @Test
    void jobs_rotate_the_key_and_the_old_one_is_needed_no_more() throws Exception {
        assertThat(job("census", BOTH))
                .contains(OLD_KEY.id().toString())
                .doesNotContain(NEW_KEY.id().toString());
        assertThat(job("reencrypt", BOTH)).containsPattern("rewritten +4\\R").containsPattern("failed +0\\R");
        assertThat(job("census", NEW))
                .contains(NEW_KEY.id().toString())
                .doesNotContain(OLD_KEY.id().toString());
        try (VaultProcess vault = VaultProcess.serve(folder, NEW)) {
            assertThat(vault.get("/connections/1/credentials")).contains("warehouse north", "correct horse");
        }
    }

    private String job(String name, Map<String, String> environment) throws Exception {
        try (VaultProcess job = VaultProcess.start(folder, environment, "--cipherfield.job=" + name)) {
            assertThat(job.exitStatus()).as(job.output()).isZero();
            assertThat(job.output()).doesNotContain("Tomcat started", "correct horse");
            return job.output();
        }
    }

    @Test
    void a_start_with_the_wrong_key_is_stopped_and_told_which_key_is_needed() throws Exception {
        try (VaultProcess vault = VaultProcess.start(folder, NEW)) {
            assertThat(vault.exitStatus()).isEqualTo(1);
            assertThat(vault.output())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "data_source_connection.password",
                            "Add key " + OLD_KEY.id() + " to CIPHERFIELD_DECRYPT_ONLY_KEYS")
                    .doesNotContain("Tomcat started", "correct horse", OLD_KEY.toBase64(), NEW_KEY.toBase64());
        }
    }

    @Test
    void a_start_without_a_key_is_stopped_and_told_how_to_make_one() throws Exception {
        try (VaultProcess vault = VaultProcess.start(folder, Map.of())) {
            assertThat(vault.exitStatus()).isEqualTo(1);
            assertThat(vault.output())
                    .contains("APPLICATION FAILED TO START", "No encryption key is set.", "openssl rand -base64 32");
        }
    }
}
