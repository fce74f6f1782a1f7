package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.KeyId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    private static final String PROFILE = "--spring.profiles.active=postgres";
    private static final String CREDENTIALS = "{\"name\":\"warehouse\",\"url\":\"jdbc:mariadb://db/sales\","
            + "\"user\":null,\"password\":\"correct horse\",\"oauthToken\":null,\"apiKey\":null,\"expires\":\"2031-05-06\"}";

    private final CipherKey oldKey = CipherKey.parse("s428rJP5JHarkBDjn4y7bN6ABTJIvoj6zVXHosIZACo=");
    private final CipherKey newKey = CipherKey.parse("Sot2wkuRTqFrxUYAUl97qcveN3C6aeIEo7U4icmYXrA=");

    @Test
    void the_key_is_rotated_while_the_vault_serves(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                VaultProcess vault = VaultProcess.serve(folder, environment(postgres, oldKey, newKey), PROFILE)) {
            var created = vault.send("POST", "/connections", CREDENTIALS);
            String credentials = created.headers().firstValue("Location").orElseThrow() + "/credentials";
            assertThat(vault.get(credentials)).isEqualTo(CREDENTIALS);
            assertStoredWith(oldKey.id(), postgres);

            try (VaultProcess job = VaultProcess.start(
                    folder, environment(postgres, newKey, oldKey), PROFILE, "--cipherfield.job=reencrypt")) {
                assertThat(job.exitStatus()).as(job.output()).isZero();
            }
            assertStoredWith(newKey.id(), postgres);
            assertThat(vault.get(credentials)).isEqualTo(CREDENTIALS);
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private static Map<String, String> environment(EmbeddedPostgres postgres, CipherKey key, CipherKey decryptOnly) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CIPHERFIELD_KEY", key.toBase64());
        environment.put("CIPHERFIELD_DECRYPT_ONLY_KEYS", decryptOnly.toBase64());
        environment.put("PGPORT", Integer.toString(postgres.getPort()));
        environment.put("PGDATABASE", "postgres");
        environment.put("PGUSER", "postgres");
        return environment;
    }

    private static void assertStoredWith(KeyId key, EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from data_source_connection")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("name")).isEqualTo("warehouse");
            assertThat(row.getString("oauth_token")).isNull();
            assertThat(CiphertextHeader.of(row.getString("url")).keyId()).isEqualTo(key);
            assertThat(CiphertextHeader.of(row.getString("password")).keyId()).isEqualTo(key);
            assertThat(CiphertextHeader.of(row.getBytes("expires")).keyId()).isEqualTo(key);
        }
    }
}
