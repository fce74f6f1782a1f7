package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.value.ValueCodecs;
import java.math.*;
import java.net.URL;
import java.time.*;
import java.util.*;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyTextTest {

    enum Colour {
        RED,
        GREEN {}
    }

    private static Calendar calendar(String zone) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
        calendar.setTimeInMillis(1_700_000_000_123L);
        return calendar;
    }

    /** What the types of jasypt-hibernate5 1.9.3 encrypt: {@code toString} of all but dates and calendars. */
    @SuppressWarnings("JavaUtilDate")
    static Stream<Arguments> of_jasypt() {
        return Stream.of(
                Arguments.of("text \u4E2D", "text \u4E2D"),
                Arguments.of("", ""),
                Arguments.of("true", true),
                Arguments.of("false", false),
                Arguments.of("-128", Byte.MIN_VALUE),
                Arguments.of("32767", Short.MAX_VALUE),
                Arguments.of("-2147483648", Integer.MIN_VALUE),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("1.5E-10", 1.5E-10f),
                Arguments.of("NaN", Double.NaN),
                Arguments.of("-Infinity", Float.NEGATIVE_INFINITY),
                Arguments.of("1.7976931348623157E308", Double.MAX_VALUE),
                Arguments.of("2.0E-3", 0.002),
                Arguments.of("-0.0", -0.0),
                Arguments.of("123456789012345678901234567890", new BigInteger("123456789012345678901234567890")),
                Arguments.of("12.500", new BigDecimal("12.500")),
                Arguments.of("1E+3", new BigDecimal("1E+3")),
                Arguments.of("0.00", new BigDecimal("0.00")),
                Arguments.of("1700000000123", new Date(1_700_000_000_123L)),
                Arguments.of("-1", new Date(-1)),
                Arguments.of("1700000000123", calendar(TimeZone.getDefault().getID())),
                Arguments.of("1700000000123 Europe/Paris", calendar("Europe/Paris")));
    }

    static Stream<Arguments> of_other_systems() throws Exception {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        return Stream.of(
                Arguments.of("True", true),
                Arguments.of("RED", Colour.RED),
                Arguments.of("GREEN", Colour.GREEN),
                Arguments.of(id.toString(), id),
                Arguments.of("00112233-4455-6677-8899-AABBCCDDEEFF", id),
                Arguments.of("x", 'x'),
                Arguments.of("https://example.org/?a=b", new URL("https://example.org/?a=b")),
                Arguments.of("EUR", Currency.getInstance("EUR")),
                Arguments.of("de-AT", new Locale("de", "AT")),
                Arguments.of("de_AT", new Locale("de", "AT")),
                Arguments.of("", Locale.ROOT),
                Arguments.of("iw_IL", new Locale("he", "IL")),
                Arguments.of("in", new Locale("id")),
                Arguments.of("iw-IL", new Locale("he", "IL")),
                Arguments.of("zh_TW_#Hant", Locale.forLanguageTag("zh-Hant-TW")),
                Arguments.of("zh_Hant_TW", Locale.forLanguageTag("zh-Hant-TW")),
                Arguments.of("de__POSIX", new Locale("de", "", "POSIX")),
                Arguments.of("_GB", new Locale("", "GB")),
                Arguments.of("5", 5.0),
                Arguments.of("1e-3", 0.001f),
                Arguments.of("2027-03-01", LocalDate.of(2027, 3, 1)),
                Arguments.of("23:59:59.123456789", LocalTime.of(23, 59, 59, 123_456_789)),
                Arguments.of("2027-03-01T10:15", LocalDateTime.of(2027, 3, 1, 10, 15)),
                Arguments.of("2027-03-01T10:15:30Z", Instant.parse("2027-03-01T10:15:30Z")),
                Arguments.of("10:15+02:00", OffsetTime.of(10, 15, 0, 0, ZoneOffset.ofHours(2))),
                Arguments.of("2027-03-01T10:15+02:00", OffsetDateTime.parse("2027-03-01T10:15+02:00")),
                Arguments.of(
                        "2027-03-01T10:15+01:00[Europe/Paris]",
                        ZonedDateTime.of(2027, 3, 1, 10, 15, 0, 0, ZoneId.of("Europe/Paris"))),
                Arguments.of("PT1H30M", Duration.ofMinutes(90)),
                Arguments.of("P1Y2M3D", Period.of(1, 2, 3)),
                Arguments.of("2027", Year.of(2027)),
                Arguments.of("2027-03", YearMonth.of(2027, 3)),
                Arguments.of("--02-29", MonthDay.of(2, 29)),
                Arguments.of("+02:00", ZoneOffset.ofHours(2)),
                Arguments.of("2027-03-01T10:15:30Z", Date.from(Instant.parse("2027-03-01T10:15:30Z"))));
    }

    @ParameterizedTest
    @MethodSource({"of_jasypt", "of_other_systems"})
    void is_read_as(String text, Object value) {
        Class<?> type = value instanceof Calendar
                ? Calendar.class
                : value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        assertThat(ValueCodecs.find(type)).isNotNull();
        assertThat(LegacyText.value(text, type)).isEqualTo(value);
        if (LegacyText.isUnique(type)) {
            assertThat(LegacyText.of(value)).isEqualTo(text);
        }
    }

    @Test
    void each_locale_of_the_runtime_that_can_be_stored_is_read_as_toString_and_as_its_tag_give_it() {
        for (Locale locale : Locale.getAvailableLocales()) {
            if (Locale.forLanguageTag(locale.toLanguageTag()).equals(locale)) {
                assertThat(LegacyText.value(locale.toString(), Locale.class)).isEqualTo(locale);
                assertThat(LegacyText.value(locale.toLanguageTag(), Locale.class))
                        .isEqualTo(locale);
            }
        }
        Locale full = Locale.forLanguageTag("de-Latn-DE-1996-u-co-phonebk-x-foo");
        assertThat(LegacyText.value(full.toString(), Locale.class)).isEqualTo(full);
    }

    @Test
    void numbers_with_a_point_are_read_as_toString_gives_them() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            assertThat(LegacyText.value(Double.toString(number), Double.class)).isEqualTo(number);
            float shorter = Float.intBitsToFloat(random.nextInt());
            assertThat(LegacyText.value(Float.toString(shorter), Float.class)).isEqualTo(shorter);
        }
    }

    @Test
    void characters_and_zones_are_read() {
        assertThat((char[]) LegacyText.value("abc", char[].class)).containsExactly('a', 'b', 'c');
        assertThat(LegacyText.value("Europe/Paris", ZoneId.class)).isEqualTo(ZoneId.of("Europe/Paris"));
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("yes", Boolean.class),
                Arguments.of("", Boolean.class),
                Arguments.of("128", Byte.class),
                Arguments.of("007", Integer.class),
                Arguments.of("+5", Long.class),
                Arguments.of("\u0665", Integer.class),
                Arguments.of("-0", BigInteger.class),
                Arguments.of("1,5", BigDecimal.class),
                Arguments.of("xy", Character.class),
                Arguments.of("red", Colour.class),
                Arguments.of("1-1-1-1-1", UUID.class),
                Arguments.of("no url", URL.class),
                Arguments.of("EURO", Currency.class),
                Arguments.of("no_NO_NY", Locale.class),
                Arguments.of("es_ES_Traditional_WIN", Locale.class),
                Arguments.of("d", Locale.class),
                Arguments.of("de_at", Locale.class),
                Arguments.of("de_AT_", Locale.class),
                Arguments.of("zh_TW_#hant", Locale.class),
                Arguments.of("#", Locale.class),
                Arguments.of(" 1.5", Float.class),
                Arguments.of("1.5 ", Double.class),
                Arguments.of("1d", Double.class),
                Arguments.of("1.5f", Float.class),
                Arguments.of("0x1p3", Double.class),
                Arguments.of("", Double.class),
                Arguments.of("1.", Double.class),
                Arguments.of("+1.5", Double.class),
                Arguments.of("01.03.2027", LocalDate.class),
                Arguments.of("2027-03-01", Date.class),
                Arguments.of("1700000000123 Europe/Nowhere", Calendar.class),
                Arguments.of("Europe/Nowhere", ZoneId.class));
    }

    @ParameterizedTest
    @MethodSource
    void garbage(String text, Class<?> type) {
        assertThatThrownBy(() -> LegacyText.value(text, type)).isInstanceOf(RuntimeException.class);
    }
}
