package io.cipherfield.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;

/** Values of every type, above all those at the edges. Tests, vectors and frozen ciphertexts share them: only append. */
public final class SampleValues {

    /** A constant's body makes its class another one than the enum's. */
    public enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grün";
            }
        },
        BLUE
    }

    /** Some of its names do not fit into one width. */
    public enum LongNames {
        SHORT,
        EXACTLY_THIRTY_ONE_BYTES_LONG_X,
        EXACTLY_THIRTY_TWO_BYTES_LONG_XX,
        A_CONSTANT_WHOSE_NAME_HAS_A_LOT_MORE_THAN_THIRTY_TWO_BYTES_IN_ALL
    }

    /** An object, as far as the core knows it: what a mapper made of it. */
    public record JsonText(String text) {}

    /** A value and the type of the attribute that holds it. */
    public record Sample(Class<?> javaType, Object value) {

        @SuppressWarnings("unchecked")
        public ValueCodec<Object> codec() {
            ValueCodec<?> codec = javaType == JsonText.class
                    ? ValueCodecs.json(JsonText.class, JsonText::text, JsonText::new)
                    : ValueCodecs.find(javaType);
            return (ValueCodec<Object>) codec;
        }
    }

    private SampleValues() {}

    public static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        add(
                samples,
                String.class,
                "",
                "a",
                "078-05-1120",
                "Ünïcödé",
                "e\u0301 combining",
                "😀👩‍👩‍👧‍👦",
                "\u0000",
                " spaces ",
                "line\nbreak\ttab\\",
                "\uFFFD",
                "\uFEFFbom");
        add(
                samples,
                String.class,
                "\uD800",
                "\uDC00",
                "a\uD83Db",
                "\uDE00\uD83D",
                "x".repeat(15),
                "x".repeat(16),
                "é".repeat(5000));
        add(samples, char[].class, new char[0], "secret".toCharArray(), new char[] {'\uD800', 'x'});
        add(samples, byte[].class, new byte[0], new byte[] {0}, new byte[] {(byte) 0x80, 0, 0}, new byte[] {
            -1, 127, -128
        });
        add(samples, Boolean.class, true, false);
        add(samples, Byte.class, Byte.MIN_VALUE, (byte) -1, (byte) 0, Byte.MAX_VALUE);
        add(samples, Short.class, Short.MIN_VALUE, (short) 0, Short.MAX_VALUE);
        add(samples, Integer.class, Integer.MIN_VALUE, -1, 0, 42, Integer.MAX_VALUE);
        add(samples, Long.class, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
        add(samples, Character.class, '\u0000', 'a', '\uD800', '\uFFFF');
        add(
                samples,
                Float.class,
                0f,
                -0f,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                1.5f);
        add(
                samples,
                Double.class,
                0d,
                -0d,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Math.PI);
        add(
                samples,
                BigInteger.class,
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.ONE.negate(),
                BigInteger.valueOf(128),
                BigInteger.valueOf(-128),
                BigInteger.TEN.pow(36).subtract(BigInteger.ONE),
                BigInteger.TWO.pow(120),
                BigInteger.TWO.pow(4096).negate());
        add(
                samples,
                BigDecimal.class,
                BigDecimal.ZERO,
                new BigDecimal("0.00"),
                new BigDecimal("1.10"),
                new BigDecimal("-1.100"),
                new BigDecimal("1E+100"),
                new BigDecimal("1E-100"),
                new BigDecimal("99999999999999999999.999999999"),
                new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE));
        add(
                samples,
                UUID.class,
                new UUID(0, 0),
                new UUID(-1, -1),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        add(samples, Colour.class, (Object[]) Colour.values());
        add(samples, LongNames.class, (Object[]) LongNames.values());
        add(
                samples,
                LocalDate.class,
                LocalDate.MIN,
                LocalDate.EPOCH,
                LocalDate.of(1969, 12, 31),
                LocalDate.of(2024, 2, 29),
                LocalDate.MAX);
        add(samples, LocalTime.class, LocalTime.MIN, LocalTime.of(12, 34, 56, 789_012_345), LocalTime.MAX);
        add(
                samples,
                LocalDateTime.class,
                LocalDateTime.MIN,
                LocalDateTime.of(2024, 2, 29, 23, 59, 59, 1),
                LocalDateTime.MAX);
        add(
                samples,
                Instant.class,
                Instant.MIN,
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.MAX);
        add(
                samples,
                OffsetTime.class,
                OffsetTime.MIN,
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHoursMinutesSeconds(-3, -30, -15)),
                OffsetTime.MAX);
        add(
                samples,
                OffsetDateTime.class,
                OffsetDateTime.MIN,
                OffsetDateTime.parse("2024-02-29T12:00:00.000000001+05:45"),
                OffsetDateTime.MAX);
        LocalDateTime twice = LocalDateTime.of(2024, 10, 27, 2, 30);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        add(
                samples,
                ZonedDateTime.class,
                ZonedDateTime.of(2024, 2, 29, 12, 0, 0, 1, berlin),
                ZonedDateTime.ofLocal(twice, berlin, ZoneOffset.ofHours(1)),
                ZonedDateTime.ofLocal(twice, berlin, ZoneOffset.ofHours(2)),
                ZonedDateTime.of(twice, ZoneId.of("America/Argentina/ComodRivadavia")),
                ZonedDateTime.of(twice, ZoneOffset.UTC),
                ZonedDateTime.of(twice, ZoneId.of("UTC+01:00")));
        add(
                samples,
                Duration.class,
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MIN_VALUE));
        add(
                samples,
                Period.class,
                Period.ZERO,
                Period.of(1, -2, 3),
                Period.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
        add(samples, Year.class, Year.of(Year.MIN_VALUE), Year.of(2024), Year.of(Year.MAX_VALUE));
        add(
                samples,
                YearMonth.class,
                YearMonth.of(Year.MIN_VALUE, 1),
                YearMonth.of(2024, 2),
                YearMonth.of(Year.MAX_VALUE, 12));
        add(samples, MonthDay.class, MonthDay.of(2, 29), MonthDay.of(12, 31));
        add(samples, ZoneOffset.class, ZoneOffset.MIN, ZoneOffset.UTC, ZoneOffset.ofTotalSeconds(1), ZoneOffset.MAX);
        add(
                samples,
                ZoneId.class,
                berlin,
                ZoneOffset.UTC,
                ZoneId.of("UTC+01:00"),
                ZoneId.of("America/Argentina/ComodRivadavia"));
        add(samples, Date.class, new Date(0), new Date(-1), new Date(Long.MIN_VALUE), new Date(1_709_208_000_123L));
        add(
                samples,
                Calendar.class,
                calendar("Europe/Berlin", 1_709_208_000_123L),
                calendar("GMT", -1),
                calendar("GMT+05:45", 0));
        add(
                samples,
                Locale.class,
                Locale.ROOT,
                Locale.GERMANY,
                Locale.forLanguageTag("zh-Hans-CN"),
                new Locale("ja", "JP", "JP"),
                Locale.forLanguageTag("de-DE-u-co-phonebk-x-private"));
        add(samples, Currency.class, Currency.getInstance("EUR"), Currency.getInstance("XXX"));
        add(samples, URL.class, url("https://user:secret@example.org:8443/path?q=%20x#fragment"), url("file:/tmp/a"));
        add(
                samples,
                JsonText.class,
                new JsonText("{}"),
                new JsonText("[1,-2.50,true,null,\"x\"]"),
                new JsonText("{\"street\":\"Ünterstraße 😀\",\"numbers\":[1,2],\"door\":null}"),
                new JsonText("[\"\\ud800 \\\\ \\\"\"]"));
        return List.copyOf(samples);
    }

    private static void add(List<Sample> samples, Class<?> javaType, Object... values) {
        for (Object value : values) {
            samples.add(new Sample(javaType, value));
        }
    }

    private static Calendar calendar(String zone, long millis) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
        calendar.setTimeInMillis(millis);
        return calendar;
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** A form in which equal values are equal: arrays by content, URLs without a look-up, calendars without the reader's week. */
    static Object comparable(Object value) {
        if (value instanceof char[] chars) {
            return new String(chars);
        }
        if (value instanceof byte[] bytes) {
            return java.nio.ByteBuffer.wrap(bytes);
        }
        if (value instanceof Float f) {
            return Float.floatToRawIntBits(f);
        }
        if (value instanceof Double d) {
            return Double.doubleToRawLongBits(d);
        }
        if (value instanceof URL url) {
            return url.toString();
        }
        if (value instanceof Calendar calendar) {
            return calendar.getTimeInMillis() + " " + calendar.getTimeZone().getID();
        }
        return value;
    }
}
