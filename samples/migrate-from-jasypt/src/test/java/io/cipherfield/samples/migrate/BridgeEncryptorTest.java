package io.cipherfield.samples.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.DecryptionException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.samples.migrate.bridge.BridgeByteEncryptor;
import io.cipherfield.samples.migrate.bridge.BridgeEncryptor;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import org.jasypt.encryption.pbe.StandardPBEByteEncryptor;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.junit.jupiter.api.Test;

class BridgeEncryptorTest {

    private final Keyring keyring = Keyring.of(CipherKey.parse("dOLkM0cDvmBmK/6dVGkHTpkZLWJAgANfTyOz1xWkFXQ="));
    private final StandardPBEStringEncryptor jasypt = new StandardPBEStringEncryptor();

    BridgeEncryptorTest() {
        jasypt.setPassword("correct horse");
    }

    private static <T> byte[] written(Keyring keyring, String context, Class<T> type, Object value) {
        @SuppressWarnings("unchecked")
        ValueCodec<Object> codec = (ValueCodec<Object>) ValueCodecs.find(type);
        return FieldEncryptor.of(keyring, Suite.AES_SIV, context).encrypt(codec.encode(value, 0));
    }

    private String read(Class<?> type, Object value) {
        String stored = CiphertextText.encode(written(keyring, "Customer.x", type, value));
        return new BridgeEncryptor(jasypt, keyring, "Customer.x", type).decrypt(stored);
    }

    @Test
    void it_reads_format_1_as_the_text_that_the_types_of_jasypt_hibernate_parse() {
        assertThat(read(String.class, "Ω≈ç")).isEqualTo("Ω≈ç");
        assertThat(read(Integer.class, -7)).isEqualTo("-7");
        assertThat(read(Boolean.class, true)).isEqualTo("true");
        assertThat(read(BigDecimal.class, new BigDecimal("1.50"))).isEqualTo("1.50");
        assertThat(read(Date.class, new Date(-1))).isEqualTo("-1");
        Calendar calendar = GregorianCalendar.from(ZonedDateTime.parse("2026-03-04T10:15:30+01:00[Europe/Berlin]"));
        assertThat(read(Calendar.class, calendar)).isEqualTo("1772615730000 Europe/Berlin");
    }

    @Test
    void it_writes_what_jasypt_alone_reads() {
        BridgeEncryptor bridge = new BridgeEncryptor(jasypt, keyring, "Customer.x", String.class);
        assertThat(jasypt.decrypt(bridge.encrypt("secret"))).isEqualTo("secret");
        assertThat(bridge.decrypt(jasypt.encrypt("secret"))).isEqualTo("secret");

        StandardPBEByteEncryptor bytes = new StandardPBEByteEncryptor();
        bytes.setPassword("correct horse");
        BridgeByteEncryptor byteBridge = new BridgeByteEncryptor(bytes, keyring, "Customer.y");
        assertThat(bytes.decrypt(byteBridge.encrypt(new byte[] {1, 2}))).containsExactly(1, 2);
        assertThat(byteBridge.decrypt(written(keyring, "Customer.y", byte[].class, new byte[] {3})))
                .containsExactly(3);
    }

    @Test
    void a_jasypt_value_that_starts_like_a_header_stays_jasypts() {
        jasypt.setKeyObtentionIterations(1);
        String stored;
        do {
            stored = jasypt.encrypt("a secret that is long enough for a header");
        } while (CiphertextHeader.of(stored) == null);
        BridgeEncryptor bridge = new BridgeEncryptor(jasypt, keyring, "Customer.x", String.class);
        assertThat(bridge.decrypt(stored)).isEqualTo("a secret that is long enough for a header");
    }

    @Test
    void a_value_of_another_attribute_is_refused() {
        String stored = CiphertextText.encode(written(keyring, "Customer.other", String.class, "secret"));
        BridgeEncryptor bridge = new BridgeEncryptor(jasypt, keyring, "Customer.x", String.class);
        assertThatThrownBy(() -> bridge.decrypt(stored)).isInstanceOf(DecryptionException.class);
    }
}
