package io.cipherfield;

import io.cipherfield.internal.cipher.BoundCipher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ciphers of format 1. All are always read; {@link #WRITABLE} are those that a setting may choose for new values. */
public enum Suite {
    /** AES-SIV (RFC 5297) with a random nonce: the default. */
    AES_SIV(0x01, "aes-siv", 16 + 16) {
        @Override
        BoundCipher bind(CipherKey key, byte[] associatedData) {
            return key.randomisedSiv().randomised(associatedData);
        }
    },
    /** AES-SIV (RFC 5297) without a nonce: equal plaintexts of one attribute give equal ciphertexts. */
    AES_SIV_DETERMINISTIC(0x02, "aes-siv-deterministic", 16) {
        @Override
        BoundCipher bind(CipherKey key, byte[] associatedData) {
            return key.deterministicSiv().deterministic(associatedData);
        }
    },
    /** XAES-256-GCM (C2SP), for policies that name GCM. */
    XAES_256_GCM(0x03, "xaes-256-gcm", 24 + 16) {
        @Override
        BoundCipher bind(CipherKey key, byte[] associatedData) {
            return key.xaes().randomised(associatedData);
        }
    };

    /** The suites that {@code cipherfield.suite} may name for randomised values. */
    static final List<Suite> WRITABLE = List.of(AES_SIV, XAES_256_GCM);

    private final byte code;
    private final String label;
    private final int bodyOverhead;

    Suite(int code, String label, int bodyOverhead) {
        this.code = (byte) code;
        this.label = label;
        this.bodyOverhead = bodyOverhead;
    }

    abstract BoundCipher bind(CipherKey key, byte[] associatedData);

    /** The second byte of a ciphertext. */
    byte code() {
        return code;
    }

    /** The name in settings, reports and messages. */
    public String label() {
        return label;
    }

    String keyLabel() {
        return "suite/" + label;
    }

    /**
     * What a ciphertext is longer than its typed plaintext, in bytes. The typed plaintext is one byte longer than the value,
     * so that a value's overhead is 39, 23 and 47 bytes.
     */
    public int overheadInBytes() {
        return CiphertextHeader.LENGTH_IN_BYTES + bodyOverhead;
    }

    static @Nullable Suite ofCode(byte code) {
        return switch (code) {
            case 0x01 -> AES_SIV;
            case 0x02 -> AES_SIV_DETERMINISTIC;
            case 0x03 -> XAES_256_GCM;
            default -> null;
        };
    }

    static Suite ofSetting(String text, String origin) {
        for (Suite suite : WRITABLE) {
            if (suite.label.equals(text)) {
                return suite;
            }
        }
        throw new ConfigurationException(
                origin + " names no cipher suite.",
                "Set one of " + WRITABLE.stream().map(Suite::label).toList() + ".");
    }
}
