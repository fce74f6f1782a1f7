package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialVaultTest {

    private static final String CREDENTIALS =
            "{\"name\":\"%s\",\"url\":\"jdbc:mariadb://db/sales\",\"user\":\"reporting\",\"password\":\"correct horse\","
                    + "\"oauthToken\":\"token-7781\",\"apiKey\":\"key-9921\",\"expires\":\"2031-05-06\"}";

    private static VaultProcess vault;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        String key =
                CipherKey.parse("aa8L9igDnnInGmOMWgzQqY4ymK8uLUlJavq5ZwYrN9M=").toBase64();
        vault = VaultProcess.serve(folder, Map.of("CIPHERFIELD_KEY", key));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        vault.close();
    }

    private static String create(String name) throws Exception {
        var response = vault.send("POST", "/connections", CREDENTIALS.formatted(name));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void credentials_come_back_only_to_who_asks_for_them_by_name() throws Exception {
        String location = create("round trip");

        assertThat(vault.get("/connections"))
                .contains("round trip", "2031-05-06")
                .doesNotContain("mariadb", "reporting", "correct horse", "token-7781", "key-9921");
        assertThat(vault.get(location))
                .contains("round trip", "reporting", "********")
                .doesNotContain("mariadb", "correct horse", "token-7781", "key-9921");
        assertThat(vault.get(location + "/credentials")).isEqualTo(CREDENTIALS.formatted("round trip"));
    }

    @Test
    void a_refused_request_leaves_no_secret_in_the_log() throws Exception {
        String tooLong = "much too long ".repeat(100);
        String badPassword = CREDENTIALS.formatted("too long").replace("correct horse", tooLong);
        String badDate = CREDENTIALS.formatted("no date").replace("2031-05-06", "2031-05-66");

        assertThat(vault.send("POST", "/connections", badPassword).statusCode()).isEqualTo(400);
        assertThat(vault.send("POST", "/connections", badDate).statusCode()).isEqualTo(400);
        assertThat(vault.get("/connections")).doesNotContain("too long", "no date");
        assertThat(vault.output()).doesNotContain("much too long", "2031-05-66", "correct horse");
    }

    @Test
    void a_name_is_given_once() throws Exception {
        create("only one");
        var second = vault.send("POST", "/connections", CREDENTIALS.formatted("only one"));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(vault.output()).doesNotContain("correct horse");
    }

    @Test
    void a_deleted_connection_is_gone() throws Exception {
        String location = create("short-lived");
        assertThat(vault.send("DELETE", location, "").statusCode()).isEqualTo(204);
        assertThat(vault.send("GET", location + "/credentials", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void it_listens_on_the_loopback_address_alone() throws Exception {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, vault.port()).close())
                            .isInstanceOf(IOException.class);
                }
            }
        }
        new Socket("127.0.0.1", vault.port()).close();
    }
}
