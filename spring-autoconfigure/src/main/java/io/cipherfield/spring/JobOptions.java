package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.KeyId;
import io.cipherfield.hibernate.reencrypt.JobProperties;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.Throttle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

/** How a job goes about it: the properties beside {@code cipherfield.job}. */
final class JobOptions {

    static final String PARALLELISM = "cipherfield.job.parallelism";
    static final String MAX_ROWS_PER_SECOND = "cipherfield.job.max-rows-per-second";
    static final String MAX_FAILURES = "cipherfield.job.max-failures";
    static final String FROM = "cipherfield.job.from";
    static final String COPY_OVERWRITE = "cipherfield.job.copy-overwrite";
    static final String FLAG_FILE = "cipherfield.job.flag-file";
    static final String REPORT_FILE = "cipherfield.job.report-file";

    private final Environment environment;

    JobOptions(Environment environment) {
        this.environment = environment;
    }

    /** @throws ConfigurationException if a value is none, with the property's name */
    void apply(Reencryption job) {
        with(PARALLELISM, Integer.class, "a whole number from 1 on", job::parallelism);
        with(MAX_ROWS_PER_SECOND, Integer.class, "a whole number from 1 on", job::maxRowsPerSecond);
        with(MAX_FAILURES, Long.class, "a whole number from 0 on", job::maxFailures);
        with(FLAG_FILE, String.class, "a file's path", file -> job.throttle(Throttle.flagFile(Path.of(file))));
        with(
                FROM,
                String.class,
                "ids of keys, eight hex digits each, with commas between them",
                ids -> Arrays.stream(ids.split(","))
                        .map(String::strip)
                        .map(JobOptions::keyId)
                        .forEach(job::from));
        with(COPY_OVERWRITE, Boolean.class, "true or false", asked -> {
            if (asked) {
                job.overwrite();
            }
        });
        with(
                JobProperties.ACCEPT_PLAINTEXT,
                String.class,
                "a place as the report names it: table.column, row key",
                job::acceptPlaintext);
        for (int i = 0; environment.containsProperty(JobProperties.ACCEPT_PLAINTEXT + "[" + i + "]"); i++) {
            with(JobProperties.ACCEPT_PLAINTEXT + "[" + i + "]", String.class, "a place", job::acceptPlaintext);
        }
        with(JobProperties.ALLOW_TRIGGERS, Boolean.class, "true or false", allowed -> {
            if (allowed) {
                job.allowTriggers();
            }
        });
        with(JobProperties.ALLOW_VERSIONED_HISTORY, Boolean.class, "true or false", allowed -> {
            if (allowed) {
                job.allowVersionedHistory();
            }
        });
    }

    /** Where the report goes as JSON too; null if nowhere. */
    @Nullable
    Path reportFile() {
        String file = environment.getProperty(REPORT_FILE);
        return file == null ? null : Path.of(file).toAbsolutePath();
    }

    private static KeyId keyId(String id) {
        if (!id.matches("[0-9a-fA-F]{8}")) {
            throw new IllegalArgumentException("no id of a key");
        }
        return new KeyId(Integer.parseUnsignedInt(id, 16));
    }

    private <T> void with(String property, Class<T> type, String expected, Consumer<T> action) {
        try {
            T value = environment.getProperty(property, type);
            if (value != null) {
                action.accept(value);
            }
        } catch (IllegalArgumentException | ConversionException e) {
            throw new ConfigurationException(
                    property + " is set to \"" + environment.getProperty(property) + "\".",
                    "Set it to " + expected + ", or leave it out.");
        }
    }
}
