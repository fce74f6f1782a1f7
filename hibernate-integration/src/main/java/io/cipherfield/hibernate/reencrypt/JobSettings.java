package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import io.cipherfield.hibernate.internal.hazard.Hazard;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job was asked for.
 *
 * @param from the keys whose values are rewritten; empty for all that are not current
 * @param smallestRange rows that are worth a range of their own
 * @param maxFailures null for the default, with which a key that a few values need is missed too
 * @param accepted places of values that a person has said are plaintext
 * @param progressTable null for the default name
 * @param leaseTime after which a run that says nothing counts as dead
 * @param allowed hazards of the tables that the job may start in spite of
 * @param patience how long to wait for connections that the job can do without
 * @param outage how long a database may be away
 * @param copy null of any other job
 */
record JobSettings(
        List<Selection> selections,
        Set<KeyId> from,
        int parallelism,
        PageLimits pages,
        int smallestRange,
        int maxRowsPerSecond,
        @Nullable Long maxFailures,
        Throttle throttle,
        ReencryptionControl control,
        ReencryptionListener listener,
        List<String> accepted,
        @Nullable String progressTable,
        Duration leaseTime,
        Duration lockTimeout,
        Set<Hazard.Kind> allowed,
        Duration patience,
        Duration outage,
        @Nullable Copy copy) {

    static final long DEFAULT_MAX_FAILURES = 1_000;
    static final Duration DEFAULT_LEASE_TIME = Duration.ofMinutes(1);
    static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);
    static final Duration DEFAULT_OUTAGE = Duration.ofMinutes(5);

    JobSettings copying(Copy what) {
        return new JobSettings(
                selections,
                from,
                parallelism,
                pages,
                smallestRange,
                maxRowsPerSecond,
                maxFailures,
                throttle,
                control,
                listener,
                accepted,
                progressTable,
                leaseTime,
                lockTimeout,
                allowed,
                patience,
                outage,
                what);
    }

    /** How many values cannot be read, as far as the one who started the job knows; null if nobody said so. */
    @Nullable
    Long expectedFailures() {
        return maxFailures == null && !accepted.isEmpty() ? Long.valueOf(accepted.size()) : maxFailures;
    }

    long failureLimit() {
        return maxFailures == null ? DEFAULT_MAX_FAILURES : maxFailures;
    }
}
