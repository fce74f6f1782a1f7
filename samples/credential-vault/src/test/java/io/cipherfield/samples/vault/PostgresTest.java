package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    private static final String CREDENTIALS = "{\"name\":\"warehouse\",\"url\":\"jdbc:mariadb://db/sales\","
            + "\"user\":null,\"password\":\"correct horse\",\"oauthToken\":null,\"apiKey\":null,\"expires\":\"2031-05-06\"}";

    @Test
    void the_profile_stores_credentials_in_postgresql(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                VaultProcess vault = VaultProcess.serve(
                        folder,
                        Map.of(
                                "CIPHERFIELD_KEY",
                                CipherKey.generate().toBase64(),
                                "PGPORT",
                                Integer.toString(postgres.getPort()),
                                "PGDATABASE",
                                "postgres",
                                "PGUSER",
                                "postgres"),
                        "--spring.profiles.active=postgres")) {
            var created = vault.send("POST", "/connections", CREDENTIALS);
            String location = created.headers().firstValue("Location").orElseThrow();
            assertThat(vault.get(location + "/credentials")).isEqualTo(CREDENTIALS);

            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select * from data_source_connection")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("name")).isEqualTo("warehouse");
                assertThat(row.getString("url")).startsWith("zw");
                assertThat(row.getString("password")).startsWith("zw");
                assertThat(row.getString("oauth_token")).isNull();
                assertThat(row.getBytes("expires")).startsWith(0xCF, 0x01);
            }
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
