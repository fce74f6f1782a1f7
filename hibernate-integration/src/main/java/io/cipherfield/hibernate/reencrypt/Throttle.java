package io.cipherfield.hibernate.reencrypt;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds a job back for as long as it gives a reason: a replica that lags, a load that is too high, the hour. Asked before pages,
 * at most once a second and by one thread at a time; pages that have begun are finished.
 */
@FunctionalInterface
public interface Throttle {

    /**
     * Why the job shall wait now, in a few words that the progress shows, or null if it may go on. An exception ends the job
     * behind the last page that was committed.
     */
    @Nullable
    String reason();

    /** Holds the job back while a file exists. */
    static Throttle flagFile(Path file) {
        return () -> Files.exists(file) ? "the file " + file + " exists" : null;
    }

    /** Holds the job back while either of the two has a reason. */
    default Throttle and(Throttle other) {
        return () -> {
            String reason = reason();
            return reason != null ? reason : other.reason();
        };
    }
}
