package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredRowTest {

    private static final Credentials CREDENTIALS =
            new Credentials("reports", "jdbc:h2:mem:x", "ada", "hunter2", "token-1", "api-1", LocalDate.of(2031, 5, 6));

    private final CipherKey key = CipherKey.parse("p57hzY04LAUe9MuCy0jlnye8GETCGSPqkq7DTj0JPDQ=");
    private final byte[] ciphertext = FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, "Test.value")
            .encrypt("\u0001hunter2".getBytes(StandardCharsets.UTF_8));

    @Test
    void ciphertexts_show_no_secret_and_name_their_key() {
        StoredRow row = new StoredRow(
                Map.of("ID", 1L, "NAME", "reports", "PASSWORD", CiphertextText.encode(ciphertext), "X", ciphertext));
        assertThat(row.isEncryptedWith(key.id())).isTrue();
        assertThat(row.isEncryptedWith(CipherKey.parse("nW8b1MnBs0KiYrGoJkAZ6hhSH9r11dWVNOO4XEDP1hQ=")
                        .id()))
                .isFalse();
        assertThat(row.showsASecretOf(CREDENTIALS)).isFalse();
        assertThat(row.shows("reports")).isTrue();
    }

    @Test
    void a_secret_in_clear_is_found_among_ciphertexts() {
        StoredRow text = new StoredRow(Map.of("API_KEY", ciphertext, "PASSWORD", "hunter2"));
        StoredRow bytes = new StoredRow(Map.of("X", "a 2031-05-06".getBytes(StandardCharsets.UTF_8)));
        assertThat(text.isEncryptedWith(key.id())).isFalse();
        assertThat(text.showsASecretOf(CREDENTIALS)).isTrue();
        assertThat(bytes.showsASecretOf(CREDENTIALS)).isTrue();
    }
}
