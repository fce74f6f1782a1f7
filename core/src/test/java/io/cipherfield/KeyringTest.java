package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KeyringTest {

    @Test
    void the_first_key_encrypts_and_all_are_found_by_their_ids() {
        CipherKey primary = CipherKey.parse("yVzTkt68QBcs4ayFNhGhqD59xOMnKUESFTEI6nCpdLQ=");
        CipherKey old = CipherKey.parse("fVsIfPm3MgwWMTK23oxpe5mcYxawGBJ69j02Yx1DwQI=");
        Keyring keyring = Keyring.of(primary, old);
        assertThat(keyring.primary()).isSameAs(primary);
        assertThat(keyring.keys()).containsExactly(primary, old);
        assertThat(keyring.find(old.id())).isSameAs(old);
        assertThat(keyring.find(new KeyId(old.id().value() + 1))).isNull();
        assertThat(keyring.notices()).isEmpty();
        assertThatThrownBy(() -> keyring.keys().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_key_listed_twice_counts_once_with_a_notice() {
        CipherKey primary = CipherKey.parse("RfQ9xhjYj9NY2N8bWyk72YZBMnLAaygBzY8s1sm1LWQ=");
        CipherKey old = CipherKey.parse("Pc3MYZrMgPOeRZJbnwJuqQmVhYo39PYeHFUQuhYetS4=");
        Keyring keyring =
                Keyring.of(primary, old, CipherKey.parse(primary.toBase64()), CipherKey.parse(old.toBase64()));
        assertThat(keyring.keys()).containsExactly(primary, old);
        assertThat(keyring.notices())
                .containsExactly(
                        "Key " + primary.id() + " is listed more than once; it counts once, as the key that encrypts.",
                        "Key " + old.id() + " is listed more than once; it counts once.");
    }

    /** Two of the first 50,671 numbers, found by trying: a random collision comes once in some 77,000 keys. */
    @Test
    void two_different_keys_of_one_id_are_refused() {
        CipherKey one = numbered(40_813);
        CipherKey other = numbered(50_671);
        assertThat(one).isNotEqualTo(other);
        assertThat(one.id()).isEqualTo(other.id()).hasToString("8e284e78");
        assertThatThrownBy(
                        () -> Keyring.of(CipherKey.parse("JQ2jGELwY52nXmHsswBfSuauq9fxkKfMlFHkP7VpRQ4="), one, other))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Two different keys have the id 8e284e78, so that a ciphertext could not tell which one wrote it."
                                + " Generate another new key, and use that one: openssl rand -base64 32");
        assertThatThrownBy(() -> Keyring.of(one, other)).isInstanceOf(ConfigurationException.class);
    }

    private static CipherKey numbered(int number) {
        return CipherKey.of(ByteBuffer.allocate(32).putInt(28, number).array());
    }

    @Test
    void a_key_of_another_length_is_refused() {
        assertThatThrownBy(() -> CipherKey.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CipherKey.of(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_does_not_follow_the_array_it_was_made_of() {
        byte[] secret = CipherKey.parse("FBqnSBIlJyROJT6iauOjGoT2lNqlZmrDAhPVdwLokVc=")
                .toBase64()
                .substring(0, 32)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        CipherKey key = CipherKey.of(secret);
        CipherKey same = CipherKey.of(secret);
        secret[0]++;
        assertThat(key).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(CipherKey.of(secret));
    }
}
