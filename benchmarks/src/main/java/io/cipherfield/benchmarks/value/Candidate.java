package io.cipherfield.benchmarks.value;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import io.cipherfield.CipherKey;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import java.nio.charset.StandardCharsets;
import org.jasypt.encryption.pbe.StandardPBEByteEncryptor;
import org.jasypt.iv.RandomIvGenerator;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.encrypt.Encryptors;

/** Who takes part. Names are those of the published table. */
public enum Candidate {
    RAW_GCM("JDK AES-256-GCM, pooled cipher, no envelope") {
        @Override
        FieldCipher cipher() {
            return new RawGcm(KEY, CONTEXT);
        }
    },
    RANDOMISED("Cipherfield randomised (AES-SIV)") {
        @Override
        FieldCipher cipher() {
            return cipherfield(Suite.AES_SIV);
        }
    },
    DETERMINISTIC("Cipherfield deterministic (AES-SIV)") {
        @Override
        FieldCipher cipher() {
            return cipherfield(Suite.AES_SIV_DETERMINISTIC);
        }
    },
    XAES("Cipherfield XAES-256-GCM") {
        @Override
        FieldCipher cipher() {
            return cipherfield(Suite.XAES_256_GCM);
        }
    },
    TINK_GCM("Tink AES256_GCM") {
        @Override
        FieldCipher cipher() throws Exception {
            AeadConfig.register();
            return tink(Tink.newKey(PredefinedAeadParameters.AES256_GCM)
                    .getPrimitive(RegistryConfiguration.get(), Aead.class));
        }
    },
    TINK_XAES("Tink XAES_256_GCM") {
        @Override
        FieldCipher cipher() throws Exception {
            AeadConfig.register();
            XAesGcmParameters parameters = XAesGcmParameters.create(XAesGcmParameters.Variant.TINK, 12);
            return tink(Tink.newKey(parameters).getPrimitive(RegistryConfiguration.get(), Aead.class));
        }
    },
    TINK_SIV("Tink AES256_SIV") {
        @Override
        FieldCipher cipher() throws Exception {
            DeterministicAeadConfig.register();
            DeterministicAead siv = Tink.newKey(PredefinedDeterministicAeadParameters.AES256_SIV)
                    .getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
            return of(p -> siv.encryptDeterministically(p, CONTEXT), c -> siv.decryptDeterministically(c, CONTEXT));
        }
    },
    SPRING_STRONGER("Spring Security Encryptors.stronger") {
        @Override
        FieldCipher cipher() {
            BytesEncryptor encryptor = Encryptors.stronger("a password of a benchmark", "5c0744940b5c369b");
            return of(encryptor::encrypt, encryptor::decrypt);
        }
    },
    JASYPT_DES("Jasypt PBEWithMD5AndDES, its default") {
        @Override
        FieldCipher cipher() {
            return jasypt(new StandardPBEByteEncryptor());
        }
    },
    JASYPT_AES("Jasypt PBEWITHHMACSHA512ANDAES_256") {
        @Override
        FieldCipher cipher() {
            StandardPBEByteEncryptor encryptor = new StandardPBEByteEncryptor();
            encryptor.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
            encryptor.setIvGenerator(new RandomIvGenerator());
            return jasypt(encryptor);
        }
    };

    private static final byte[] CONTEXT = "Patient.ssn".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY = "a benchmark's key of 32 bytes...".getBytes(StandardCharsets.US_ASCII);

    private final String title;

    Candidate(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract FieldCipher cipher() throws Exception;

    private static FieldCipher cipherfield(Suite suite) {
        FieldEncryptor encryptor = FieldEncryptor.of(Keyring.of(CipherKey.of(KEY)), suite, "Patient.ssn");
        return of(encryptor::encrypt, encryptor::decrypt);
    }

    private static FieldCipher tink(Aead aead) {
        return of(p -> aead.encrypt(p, CONTEXT), c -> aead.decrypt(c, CONTEXT));
    }

    private static FieldCipher jasypt(StandardPBEByteEncryptor encryptor) {
        encryptor.setPassword("a password of a benchmark");
        return of(encryptor::encrypt, encryptor::decrypt);
    }

    private interface Step {
        byte[] apply(byte[] in) throws Exception;
    }

    private static FieldCipher of(Step encrypt, Step decrypt) {
        return new FieldCipher() {
            @Override
            public byte[] encrypt(byte[] plaintext) throws Exception {
                return encrypt.apply(plaintext);
            }

            @Override
            public byte[] decrypt(byte[] ciphertext) throws Exception {
                return decrypt.apply(ciphertext);
            }
        };
    }
}
