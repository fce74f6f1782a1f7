package io.cipherfield.hibernate.reencrypt;

/** The properties by which the Spring Boot starter passes on what a refusal asks for; here, since the refusal names them. */
public final class JobProperties {

    /** See {@link Reencryption#allowTriggers()}. */
    public static final String ALLOW_TRIGGERS = "cipherfield.job.allow-triggers";

    /** See {@link Reencryption#allowVersionedHistory()}. */
    public static final String ALLOW_VERSIONED_HISTORY = "cipherfield.job.allow-versioned-history";

    /** See {@link Reencryption#acceptPlaintext}. Of several places, each has an index: {@code cipherfield.job.accept-plaintext[0]}. */
    public static final String ACCEPT_PLAINTEXT = "cipherfield.job.accept-plaintext";

    private JobProperties() {}
}
