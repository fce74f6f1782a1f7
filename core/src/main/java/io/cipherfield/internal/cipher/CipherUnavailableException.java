package io.cipherfield.internal.cipher;

import java.security.GeneralSecurityException;

/** The Java runtime refuses an algorithm that every Java 17 runtime has to offer, or failed in the middle of it. */
public final class CipherUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CipherUnavailableException(String algorithm, GeneralSecurityException cause) {
        super(
                "This Java runtime cannot run " + algorithm
                        + ". Check the security providers in java.security, and that no policy forbids AES-256.",
                cause);
    }
}
