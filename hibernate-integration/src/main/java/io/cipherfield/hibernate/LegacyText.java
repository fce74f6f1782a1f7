package io.cipherfield.hibernate;

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
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The values of each type as other systems write them as text before they encrypt it: as {@code toString} does, times in ISO 8601, dates and calendars as
 * jasypt-hibernate does. What differs is refused and never guessed, since under a wrong password of an unauthenticated format anything may come out.
 */
final class LegacyText {

    private static final Map<Class<?>, Function<String, Object>> READERS = new HashMap<>();

    /** Whose values have one text each. */
    private static final Set<Class<?>> UNIQUE =
            Set.of(String.class, char[].class, Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

    private static final Pattern DECIMAL =
            Pattern.compile("-?(?:NaN|Infinity|[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

    static {
        read(String.class, text -> text);
        read(char[].class, String::toCharArray);
        read(URL.class, LegacyText::url);
        read(Boolean.class, LegacyText::bool);
        read(Byte.class, text -> canonical(text, Byte.valueOf(text)));
        read(Short.class, text -> canonical(text, Short.valueOf(text)));
        read(Integer.class, text -> canonical(text, Integer.valueOf(text)));
        read(Long.class, text -> canonical(text, Long.valueOf(text)));
        read(BigInteger.class, text -> canonical(text, new BigInteger(text)));
        read(Float.class, text -> Float.valueOf(decimal(text)));
        read(Double.class, text -> Double.valueOf(decimal(text)));
        read(BigDecimal.class, BigDecimal::new);
        read(Character.class, LegacyText::character);
        read(UUID.class, LegacyText::uuid);
        read(Currency.class, Currency::getInstance);
        read(Locale.class, LegacyLocale::parse);
        read(LocalDate.class, LocalDate::parse);
        read(LocalTime.class, LocalTime::parse);
        read(LocalDateTime.class, LocalDateTime::parse);
        read(Instant.class, Instant::parse);
        read(OffsetTime.class, OffsetTime::parse);
        read(OffsetDateTime.class, OffsetDateTime::parse);
        read(ZonedDateTime.class, ZonedDateTime::parse);
        read(Duration.class, Duration::parse);
        read(Period.class, Period::parse);
        read(Year.class, Year::parse);
        read(YearMonth.class, YearMonth::parse);
        read(MonthDay.class, MonthDay::parse);
        read(ZoneOffset.class, ZoneOffset::of);
        read(ZoneId.class, ZoneId::of);
        read(Date.class, LegacyText::date);
        read(Calendar.class, LegacyText::calendar);
    }

    private LegacyText() {}

    private static void read(Class<?> javaType, Function<String, Object> reader) {
        READERS.put(javaType, reader);
    }

    /** @throws RuntimeException which may hold the text, if it is no such value */
    static Object value(String text, Class<?> javaType) {
        if (javaType.isEnum()) {
            return constant(text, javaType);
        }
        Function<String, Object> reader = READERS.get(javaType);
        if (reader == null) {
            throw new IllegalStateException("No text is known of " + javaType.getName());
        }
        return reader.apply(text);
    }

    /** Whether a value is read from one text only, so that it can be looked for by that. */
    static boolean isUnique(Class<?> javaType) {
        return javaType.isEnum() || UNIQUE.contains(javaType);
    }

    /** @param value of a type that {@link #isUnique} */
    static String of(Object value) {
        if (value instanceof char[] chars) {
            return new String(chars);
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    /** Float.valueOf and Double.valueOf take white space, hexadecimal digits and a letter behind the number too, which nobody's toString writes. */
    private static String decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new NumberFormatException();
        }
        return text;
    }

    private static Object constant(String name, Class<?> javaType) {
        for (Object constant : javaType.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException();
    }

    private static Object canonical(String text, Number number) {
        if (!number.toString().equals(text)) {
            throw new NumberFormatException();
        }
        return number;
    }

    /** Boolean.valueOf would take garbage for false. */
    private static Object bool(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException();
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException();
        }
        return text.charAt(0);
    }

    /** UUID.fromString takes shorter groups too. */
    private static Object uuid(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException();
        }
        return id;
    }

    private static Object url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Milliseconds, or an instant in ISO 8601. */
    @SuppressWarnings("JavaUtilDate") // that type is the one to be read
    private static Object date(String text) {
        return text.endsWith("Z") ? Date.from(Instant.parse(text)) : new Date(Long.parseLong(text));
    }

    /** Milliseconds, and behind a blank the time zone, if {@code storeTimeZone} was on; else it is the JVM's, as it was there. */
    private static Object calendar(String text) {
        int blank = text.indexOf(' ');
        TimeZone zone = blank < 0 ? TimeZone.getDefault() : zone(text.substring(blank + 1));
        Calendar calendar = new GregorianCalendar(zone);
        calendar.setTimeInMillis(Long.parseLong(blank < 0 ? text : text.substring(0, blank)));
        return calendar;
    }

    /** TimeZone.getTimeZone takes what it does not know for GMT. */
    private static TimeZone zone(String id) {
        TimeZone zone = TimeZone.getTimeZone(id);
        if (!zone.getID().equals(id)) {
            throw new IllegalArgumentException();
        }
        return zone;
    }
}
