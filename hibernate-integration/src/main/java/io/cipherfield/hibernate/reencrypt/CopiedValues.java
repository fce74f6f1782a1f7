package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the values of a copy's source are as values of its target, and whether one of the target is the same. */
final class CopiedValues {

    private static final Set<Class<?>> LEGACY = Set.of(String.class, byte[].class, BigDecimal.class, BigInteger.class);
    private static final int NANOS_A_MILLI = 1_000_000;

    private final CopySource source;

    CopiedValues(CopySource source) {
        this.source = source;
    }

    static boolean canHoldLegacy(Class<?> javaType) {
        return LEGACY.contains(javaType);
    }

    /**
     * @param read not null
     * @throws NotCopied with the reason
     */
    Object value(EncryptedAttribute attribute, Object read) throws NotCopied {
        if (read instanceof CopySource.Unreadable unreadable) {
            throw new NotCopied(
                    "Its mapping does not read the value in " + source.column() + " (" + unreadable.exception() + ").");
        }
        Object stored = stored(read);
        if (!attribute.legacyReaders().isEmpty() && attribute.legacyReader(stored) != null) {
            return attribute.decrypt(stored);
        }
        if ((stored instanceof String || stored instanceof byte[]) && StoredForm.header(stored) != null) {
            throw new NotCopied("The value in " + source.column()
                    + " starts as ciphertext does (docs/format.md), and is not encrypted twice.");
        }
        if (!attribute.javaType().isInstance(read)) {
            throw new NotCopied("None of the legacy readers of the attribute takes the value in " + source.column()
                    + " for its own, and it has another type than the attribute.");
        }
        if (read instanceof Timestamp timestamp && timestamp.getNanos() % NANOS_A_MILLI != 0) {
            throw new NotCopied("The value in " + source.column()
                    + " has digits below milliseconds, which an encrypted java.util.Date does not keep. Make both attributes an"
                    + " Instant or a LocalDateTime.");
        }
        return read;
    }

    /** Who decodes a value; null if nobody does. */
    static @Nullable LegacyReader reader(EncryptedAttribute attribute, Object read) {
        return canHoldLegacy(read.getClass()) ? attribute.legacyReader(stored(read)) : null;
    }

    /** As the other system's column holds it, of those that {@link #canHoldLegacy}. */
    static Object stored(Object read) {
        return read instanceof BigDecimal decimal
                ? decimal.toPlainString()
                : read instanceof BigInteger integer ? integer.toString() : read;
    }

    /** Whether the source's column would show this value of the target as it shows its own: numbers whatever their scale, times to its precision. */
    boolean same(EncryptedAttribute attribute, Object value, Object target) {
        if (attribute.equal(value, target)) {
            return true;
        }
        if (value instanceof BigDecimal one && target instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        }
        if (value instanceof LocalDateTime one && target instanceof LocalDateTime other) {
            return isClose(one, other);
        }
        if (value instanceof LocalTime one && target instanceof LocalTime other) {
            return isClose(one, other);
        }
        Instant one = instant(value);
        Instant other = instant(target);
        return one != null && other != null && isClose(one, other);
    }

    private static @Nullable Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return value instanceof ZonedDateTime time ? time.toInstant() : null;
    }

    /** Databases round or cut. */
    private boolean isClose(Temporal one, Temporal other) {
        Duration unit = Duration.ofNanos(
                BigInteger.TEN.pow(9 - Math.min(9, source.fractionalDigits())).longValueExact());
        return Duration.between(one, other).abs().compareTo(unit) < 0;
    }

    /** A value that stays where it is. */
    static final class NotCopied extends Exception {
        private static final long serialVersionUID = 1L;

        NotCopied(String message) {
            super(message);
        }
    }
}
