package io.cipherfield.hibernate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.dialect.Dialect;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Hibernate asks of a type before it accepts a query as if the column held the plaintext. So Hibernate accepts
 * what it would accept without encryption, and the query guard refuses with the attribute's name and a way out; left to
 * itself, Hibernate would say "not a string". It never answers that a column is JSON or XML: dialects write other SQL for those, and
 * MariaDB's compares documents by their normal form.
 */
abstract class PlainTypeChecks implements JdbcType {

    private static final long serialVersionUID = 1L;

    private static final Map<Class<?>, Integer> CODES = Map.ofEntries(
            Map.entry(Boolean.class, Types.BOOLEAN),
            Map.entry(Byte.class, Types.TINYINT),
            Map.entry(Short.class, Types.SMALLINT),
            Map.entry(Integer.class, Types.INTEGER),
            Map.entry(Year.class, Types.INTEGER),
            Map.entry(Long.class, Types.BIGINT),
            Map.entry(Float.class, Types.REAL),
            Map.entry(Double.class, Types.DOUBLE),
            Map.entry(BigInteger.class, Types.NUMERIC),
            Map.entry(BigDecimal.class, Types.NUMERIC),
            Map.entry(Duration.class, SqlTypes.DURATION),
            Map.entry(LocalDate.class, Types.DATE),
            Map.entry(java.sql.Date.class, Types.DATE),
            Map.entry(LocalTime.class, Types.TIME),
            Map.entry(OffsetTime.class, Types.TIME_WITH_TIMEZONE),
            Map.entry(java.sql.Time.class, Types.TIME),
            Map.entry(LocalDateTime.class, Types.TIMESTAMP),
            Map.entry(java.sql.Timestamp.class, Types.TIMESTAMP),
            Map.entry(Date.class, Types.TIMESTAMP),
            Map.entry(Calendar.class, Types.TIMESTAMP),
            Map.entry(Instant.class, Types.TIMESTAMP_WITH_TIMEZONE),
            Map.entry(OffsetDateTime.class, Types.TIMESTAMP_WITH_TIMEZONE),
            Map.entry(ZonedDateTime.class, Types.TIMESTAMP_WITH_TIMEZONE),
            Map.entry(byte[].class, Types.VARBINARY),
            Map.entry(UUID.class, SqlTypes.UUID));

    private final int plainTypeCode;

    PlainTypeChecks(int plainTypeCode) {
        this.plainTypeCode = plainTypeCode;
    }

    /** The JDBC type code of an unencrypted column; text for what has no other, documents included. */
    static int plainTypeCode(Class<?> javaType) {
        return CODES.getOrDefault(javaType, Types.VARCHAR);
    }

    /** Each value of {@link #plainTypeCode(Class)}, in an order that is the same in every JVM. */
    static SortedSet<Integer> plainTypeCodes() {
        SortedSet<Integer> codes = new TreeSet<>(CODES.values());
        codes.add(Types.VARCHAR);
        return codes;
    }

    @Override
    public final boolean isInteger() {
        return SqlTypes.isIntegral(plainTypeCode);
    }

    @Override
    public final boolean isFloat() {
        return SqlTypes.isFloatOrRealOrDouble(plainTypeCode);
    }

    @Override
    public final boolean isDecimal() {
        return SqlTypes.isNumericOrDecimal(plainTypeCode);
    }

    @Override
    public final boolean isNumber() {
        return SqlTypes.isNumericType(plainTypeCode);
    }

    @Override
    public final boolean isBinary() {
        return SqlTypes.isBinaryType(plainTypeCode);
    }

    @Override
    public final boolean isString() {
        return SqlTypes.isCharacterOrClobType(plainTypeCode);
    }

    @Override
    public final boolean isStringLike() {
        return isString();
    }

    @Override
    public final boolean isStringLikeExcludingClob() {
        return isString();
    }

    @Override
    public final boolean isTemporal() {
        return SqlTypes.isTemporalType(plainTypeCode);
    }

    @Override
    public final boolean isInterval() {
        return false;
    }

    @Override
    public final boolean isDuration() {
        return SqlTypes.isDurationType(plainTypeCode);
    }

    @Override
    public final boolean hasDatePart() {
        return SqlTypes.hasDatePart(plainTypeCode);
    }

    @Override
    public final boolean hasTimePart() {
        return SqlTypes.hasTimePart(plainTypeCode);
    }

    @Override
    public final boolean isBoolean() {
        return plainTypeCode == Types.BOOLEAN;
    }

    @Override
    public final boolean isSmallInteger() {
        return SqlTypes.isSmallOrTinyInt(plainTypeCode);
    }

    /** Also for bytes, of which Hibernate would say that they are not. */
    @Override
    public final boolean isComparable() {
        return true;
    }

    /** Overrides a method of Hibernate 7. */
    public final boolean isImplicitJson() {
        return isString();
    }

    /** Overrides a method of Hibernate 7. */
    public final boolean isImplicitXml() {
        return isString();
    }

    /** No check constraint over plain values: the column holds ciphertext. */
    @Override
    public final @Nullable String getCheckCondition(
            String columnName, JavaType<?> javaType, @Nullable BasicValueConverter<?, ?> converter, Dialect dialect) {
        return null;
    }
}
