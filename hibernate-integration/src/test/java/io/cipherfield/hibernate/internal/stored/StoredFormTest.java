package io.cipherfield.hibernate.internal.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormTest {

    private static final Keyring KEYS = Keyring.of(CipherKey.parse("OAyyutrzf8FsoLjm3wOAyInbq0ZmCoeRGP1tTmADKY0="));

    @ParameterizedTest
    @EnumSource
    void a_ciphertext_is_known_in_each_form(Suite suite) {
        byte[] ciphertext = FieldEncryptor.of(KEYS, suite, "context").encrypt(new byte[] {1, 2, 3});
        String text = CiphertextText.encode(ciphertext);
        byte[] textInBytes = text.getBytes(StandardCharsets.US_ASCII);
        CiphertextHeader header = new CiphertextHeader(suite, KEYS.primary().id());
        for (Object stored : new Object[] {ciphertext, text, textInBytes}) {
            assertThat(StoredForm.header(stored)).isEqualTo(header);
            assertThat(StoredForm.ciphertext(stored)).isEqualTo(ciphertext);
            assertThat(StoredForm.isColumnsOwn(stored)).isEqualTo(stored != textInBytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "z",
                "zebra",
                "zebras and other animals of the savannah, more than sixty-four of them",
                "plain"
            })
    void other_bytes_stay_as_they_are(String plaintext) {
        byte[] bytes = plaintext.getBytes(StandardCharsets.US_ASCII);
        assertThat(StoredForm.header(bytes)).isNull();
        assertThat(StoredForm.ciphertext(bytes)).isEqualTo(bytes);
    }

    @Test
    void bytes_beyond_ascii_behind_a_z_are_no_header() {
        byte[] bytes = new byte[100];
        Arrays.fill(bytes, (byte) 0xCF);
        bytes[0] = 'z';
        assertThat(StoredForm.header(bytes)).isNull();
    }
}
