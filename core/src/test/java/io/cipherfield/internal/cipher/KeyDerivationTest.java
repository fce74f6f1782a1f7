package io.cipherfield.internal.cipher;

import static io.cipherfield.internal.cipher.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDerivationTest {

    /** Appendix A.1 to A.3. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9, 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f, 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf, b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '', 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    })
    void hkdf_holds_the_vectors_of_rfc_5869(String ikm, String salt, String info, String okm) {
        assertThat(Hkdf.derive(hex(ikm), hex(salt), hex(info), okm.length() / 2))
                .isEqualTo(hex(okm));
    }

    /** Cases 1 to 4, 6 and 7; case 5 is about truncation. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "0102030405060708090a0b0c0d0e0f10111213141516171819, cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd, 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    })
    void hmac_holds_the_vectors_of_rfc_4231(String key, String data, String mac) {
        assertThat(Hmac.sha256(hex(key)).of(hex(data))).isEqualTo(hex(mac));
    }

    @Test
    void hmac_holds_the_vectors_of_rfc_4231_whose_key_is_longer_than_a_block() {
        Hmac hmac = Hmac.sha256(hex("aa".repeat(131)));
        assertThat(hmac.of(
                        "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
        assertThat(hmac.of(
                        ("This is a test using a larger than block-size key and a larger than block-size data. The key needs to "
                                        + "be hashed before being used by the HMAC algorithm.")
                                .getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(hex("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
    }

    @Test
    void hmac_is_the_runtime_s_for_all_lengths_of_key_and_message() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 3000; i++) {
            byte[] key = new byte[1 + random.nextInt(150)];
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(key);
            random.nextBytes(message);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            assertThat(Hmac.sha256(key).of(message)).isEqualTo(mac.doFinal(message));
            Mac sha512 = Mac.getInstance("HmacSHA512");
            sha512.init(new SecretKeySpec(key, "HmacSHA512"));
            assertThat(Hmac.sha512(key).of(message)).isEqualTo(sha512.doFinal(message));
        }
    }

    /** Python's hashlib.pbkdf2_hmac; the second password is not ASCII. */
    @ParameterizedTest
    @CsvSource({
        "password, 73616c74, 1, 867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce",
        "password, 73616c74, 4096, d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
        "pässwörd, 73616c74, 1000, 2dc4653366e508dafd98645ae5cb74e78692ce4b5cc0c0c7a9b32294505808f0",
    })
    void pbkdf2_holds_known_vectors(String password, String salt, int iterations, String derived) {
        assertThat(Pbkdf2.derive(password.toCharArray(), hex(salt), iterations, derived.length() / 2))
                .isEqualTo(hex(derived));
    }

    /** Python's hashlib.pbkdf2_hmac with an empty salt. */
    @ParameterizedTest
    @CsvSource({
        "password, 1000, 037e94baa9506c5ba26bd3bbaa3684b933192040620ebce309ff1e8442d5463ce406cee23465ca5f93c3210754b7ad6005cafd3fcf1a75fdd6f654586767d1f5",
        "a secret of 16 pässwörds, 3, 7ab504cff6b6dbee639be0fcdf498baf9c360d0752ef92883449f0ffee2bb79a13f61c7ee5fd7e909409c93853cbd5100e1f247da0b644e93abb92840a967797",
    })
    void pbkdf2_holds_known_vectors_without_a_salt(String password, int iterations, String derived) {
        assertThat(Pbkdf2.deriveWithoutSalt(password.getBytes(StandardCharsets.UTF_8), iterations))
                .isEqualTo(hex(derived));
    }
}
