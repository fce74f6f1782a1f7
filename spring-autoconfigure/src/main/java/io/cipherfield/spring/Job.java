package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;

/** What an application can do instead of serving: the property {@code cipherfield.job}. */
enum Job {
    /** Rewrites every value that is not current with the key that encrypts. */
    REENCRYPT,
    /** Decrypts everything, and changes nothing. */
    VERIFY,
    /** Counts rows by column, key and format, without decrypting. */
    CENSUS,
    /** Does what {@link #REENCRYPT} does, and writes nothing. */
    DRY_RUN,
    /** Stores everything in clear, once {@link #CONFIRM} says so. */
    DECRYPT_ALL,
    /** Moves what is bound to a former context to the present one. */
    REBIND,
    /** Does what {@link #REBIND} does, and writes nothing. */
    REBIND_DRY_RUN,
    /** Fills the encrypted attribute that {@link CopySelection#TO} names from the plain one that {@link CopySelection#FROM} names. */
    COPY,
    /** Does what {@link #COPY} does, and writes nothing. */
    COPY_DRY_RUN;

    static final String PROPERTY = "cipherfield.job";

    /** The words that confirm {@link #DECRYPT_ALL}; without them it says which ones, and what would happen. */
    static final String CONFIRM = "cipherfield.job.confirm";

    boolean copies() {
        return this == COPY || this == COPY_DRY_RUN;
    }

    boolean rebinds() {
        return this == REBIND || this == REBIND_DRY_RUN;
    }

    static boolean isAskedFor(Environment environment) {
        return environment.containsProperty(PROPERTY);
    }

    /** @throws ConfigurationException if there is no such job, with those that there are */
    static Job of(Environment environment) {
        String name = environment.getProperty(PROPERTY, "").strip();
        for (Job job : values()) {
            if (job.toString().equals(name)) {
                return job;
            }
        }
        throw new ConfigurationException(
                name.isEmpty() ? PROPERTY + " is set, but empty." : "There is no job \"" + name + "\".",
                "Set " + PROPERTY + " to one of "
                        + Arrays.stream(values()).map(Job::toString).collect(Collectors.joining(", "))
                        + ", or leave it out to start the application.");
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
