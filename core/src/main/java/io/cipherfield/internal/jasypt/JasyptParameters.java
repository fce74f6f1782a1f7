package io.cipherfield.internal.jasypt;

import org.jspecify.annotations.Nullable;

/**
 * How Jasypt's password-based encryption was set up. A class and no record, since it holds a password.
 */
public final class JasyptParameters {

    /** The coordinates of the library, for errors. */
    public static final String COORDINATES = "org.jasypt:jasypt:1.9.3";

    /** What {@code StandardPBEStringEncryptor} and its siblings do if they are told nothing. */
    public static final String DEFAULT_ALGORITHM = "PBEWithMD5AndDES";

    public static final int DEFAULT_ITERATIONS = 1000;

    final char[] password;
    final String algorithm;
    final int iterations;
    final GeneratedBytes salt;
    final GeneratedBytes iv;
    final @Nullable String providerName;

    /** @param providerName a security provider that is installed; null for whichever has the algorithm */
    public JasyptParameters(
            String password,
            String algorithm,
            int iterations,
            GeneratedBytes salt,
            GeneratedBytes iv,
            @Nullable String providerName) {
        this.password = password.toCharArray();
        this.algorithm = algorithm;
        this.iterations = iterations;
        this.salt = salt;
        this.iv = iv;
        this.providerName = providerName;
    }

    /** Whether Jasypt is on the class path. */
    public static boolean libraryIsThere() {
        try {
            Class.forName(
                    "org.jasypt.encryption.pbe.StandardPBEByteEncryptor",
                    false,
                    JasyptParameters.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "JasyptParameters[" + algorithm + "]";
    }
}
