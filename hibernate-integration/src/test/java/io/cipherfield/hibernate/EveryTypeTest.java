package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.lang.reflect.Field;
import java.math.*;
import java.net.URL;
import java.sql.*;
import java.time.*;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type, in every storage, in every database: what went in comes out, and no column holds it. */
class EveryTypeTest {

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean special() {
                return true;
            }
        };

        boolean special() {
            return false;
        }
    }

    @Entity(name = "EveryType")
    static class EveryType {
        @Id
        @GeneratedValue
        Long id;

        @Encrypted
        boolean primitiveBooleanValue;

        @Encrypted
        byte primitiveByteValue;

        @Encrypted
        short primitiveShortValue;

        @Encrypted
        int primitiveIntValue;

        @Encrypted
        long primitiveLongValue;

        @Encrypted
        char primitiveCharValue;

        @Encrypted
        float primitiveFloatValue;

        @Encrypted
        double primitiveDoubleValue;

        @Encrypted
        Boolean boolValue;

        @Encrypted
        Byte octetValue;

        @Encrypted
        Short smallValue;

        @Encrypted
        Integer integerValue;

        @Encrypted
        Long bigValue;

        @Encrypted
        Character letterValue;

        @Encrypted
        Float singleValue;

        @Encrypted
        Double dblValue;

        @Lob
        @Encrypted
        String textValue;

        @Lob
        @Encrypted
        char[] charsValue;

        @Lob
        @Encrypted
        byte[] bytesValue;

        @Encrypted
        BigInteger bigIntegerValue;

        @Encrypted
        BigDecimal bigDecimalValue;

        @Encrypted
        UUID uuidValue;

        @Encrypted
        Colour colourValue;

        @Encrypted
        Instant instantValue;

        @Encrypted
        LocalDate localDateValue;

        @Encrypted
        LocalTime localTimeValue;

        @Encrypted
        LocalDateTime localDateTimeValue;

        @Encrypted
        OffsetTime offsetTimeValue;

        @Encrypted
        OffsetDateTime offsetDateTimeValue;

        @Encrypted
        ZonedDateTime zonedDateTimeValue;

        @Encrypted
        Duration durationValue;

        @Encrypted
        Period periodValue;

        @Encrypted
        Year theYearValue;

        @Encrypted
        YearMonth yearMonthValue;

        @Encrypted
        MonthDay monthDayValue;

        @Encrypted
        ZoneId zoneIdValue;

        @Encrypted
        ZoneOffset zoneOffsetValue;

        @Encrypted
        Date dateValue;

        @Encrypted
        Calendar calendarValue;

        @Encrypted
        Locale localeValue;

        @Encrypted
        Currency currencyValue;

        @Encrypted
        URL urlValue;
    }

    /** One entity for each line, so that a value that fails names itself. */
    private static Stream<EveryType> values() throws Exception {
        Stream.Builder<EveryType> all = Stream.builder();
        for (Object[] value : new Object[][] {
            {"primitiveBooleanValue", true},
            {"primitiveByteValue", Byte.MIN_VALUE},
            {"primitiveShortValue", Short.MAX_VALUE},
            {"primitiveIntValue", Integer.MIN_VALUE},
            {"primitiveLongValue", Long.MAX_VALUE},
            {"primitiveCharValue", '\uD800'},
            {"primitiveFloatValue", Float.NaN},
            {"primitiveDoubleValue", -0.0d},
            {"boolValue", false},
            {"octetValue", (byte) 0},
            {"smallValue", (short) -1},
            {"integerValue", 0},
            {"bigValue", Long.MIN_VALUE},
            {"letterValue", '\u0000'},
            {"singleValue", Float.NEGATIVE_INFINITY},
            {"singleValue", -0.0f},
            {"dblValue", Double.NaN},
            {"dblValue", Double.POSITIVE_INFINITY},
            {"dblValue", Double.MIN_VALUE},
            {"textValue", ""},
            {"textValue", "\uD83D\uDE00 e\u0301 \u4E2D"},
            {"textValue", "unpaired \uD800 surrogate \uDC00"},
            {"textValue", "nul \u0000 and \\ and ' quotes"},
            {"textValue", " spaces "},
            {"textValue", "x".repeat(1 << 20)},
            {"charsValue", new char[0]},
            {"charsValue", "p\u00E4ss".toCharArray()},
            {"bytesValue", new byte[0]},
            {"bytesValue", new byte[] {0, -1, 127, -128}},
            {"bytesValue", large()},
            {"bigIntegerValue", BigInteger.ZERO},
            {"bigIntegerValue", BigInteger.TEN.pow(200).negate()},
            {"bigDecimalValue", new BigDecimal("1.00")},
            {"bigDecimalValue", new BigDecimal("-1E+40")},
            {"bigDecimalValue", new BigDecimal("0E-20")},
            {"uuidValue", new UUID(-1, 0)},
            {"colourValue", Colour.RED},
            {"colourValue", Colour.GREEN},
            {"instantValue", Instant.MAX},
            {"instantValue", Instant.MIN},
            {"instantValue", Instant.parse("2024-02-29T12:00:00.123456789Z")},
            {"localDateValue", LocalDate.MIN},
            {"localDateValue", LocalDate.MAX},
            {"localTimeValue", LocalTime.MAX},
            {"localDateTimeValue", LocalDateTime.MIN},
            {"offsetTimeValue", OffsetTime.MAX},
            {"offsetDateTimeValue", OffsetDateTime.MIN},
            {
                "zonedDateTimeValue",
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap()
            },
            {"durationValue", Duration.ofSeconds(-1, 1)},
            {"periodValue", Period.of(-1, 20, 400)},
            {"theYearValue", Year.of(-5)},
            {"yearMonthValue", YearMonth.of(9999, 12)},
            {"monthDayValue", MonthDay.of(2, 29)},
            {"zoneIdValue", ZoneId.of("America/Argentina/ComodRivadavia")},
            {"zoneOffsetValue", ZoneOffset.MIN},
            {"dateValue", new Date(Long.MIN_VALUE)},
            {"dateValue", new Date(0)},
            {"calendarValue", calendar()},
            {"localeValue", Locale.forLanguageTag("sr-Latn-RS")},
            {"localeValue", Locale.ROOT},
            {"currencyValue", Currency.getInstance("EUR")},
            {"urlValue", new URL("https://user@example.org:8443/p?q=%20#f")},
        }) {
            EveryType entity = new EveryType();
            Field field = EveryType.class.getDeclaredField((String) value[0]);
            field.set(entity, value[1]);
            all.add(entity);
        }
        return all.build();
    }

    private static byte[] large() {
        byte[] bytes = new byte[1 << 20];
        new java.util.Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Calendar calendar() {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Kathmandu"), Locale.ROOT);
        calendar.setTimeInMillis(-123456789L);
        return calendar;
    }

    private static Stream<Arguments> databases() {
        return Arrays.stream(TestDatabase.values())
                .flatMap(database ->
                        Stream.of("auto", "text", "binary").map(storage -> Arguments.of(database, storage)));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void a_value_comes_back_as_it_was(TestDatabase database, String storage) throws Exception {
        try (TestFactory factory =
                TestFactory.on(database.fresh(), Map.of("cipherfield.storage", storage), EveryType.class)) {
            List<EveryType> written = values().toList();
            factory.persist(written.toArray());

            for (EveryType expected : written) {
                EveryType found = factory.find(EveryType.class, expected.id);
                for (Field field : EveryType.class.getDeclaredFields()) {
                    Object value = field.get(expected);
                    if (value instanceof Calendar calendar) {
                        Calendar read = (Calendar) field.get(found);
                        assertThat(read.getTimeInMillis()).isEqualTo(calendar.getTimeInMillis());
                        assertThat(read.getTimeZone()).isEqualTo(calendar.getTimeZone());
                    } else if (!(value instanceof String text) || text.length() < 1000) {
                        assertThat(field.get(found)).as(field.getName()).isEqualTo(value);
                    } else {
                        assertThat(text.equals(field.get(found)))
                                .as(field.getName())
                                .isTrue();
                    }
                }
            }
            assertEveryColumnIsCiphertextOrNull(factory);
        }
    }

    private static void assertEveryColumnIsCiphertextOrNull(TestFactory factory) throws SQLException {
        try (Connection connection = factory.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from EveryType")) {
            ResultSetMetaData columns = rows.getMetaData();
            int ciphertexts = 0;
            while (rows.next()) {
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    if (columns.getColumnName(i).equalsIgnoreCase("id")) {
                        continue;
                    }
                    String text = columns.getColumnType(i) == Types.VARCHAR
                                    || columns.getColumnType(i) == Types.LONGVARCHAR
                                    || columns.getColumnType(i) == Types.CLOB
                            ? rows.getString(i)
                            : null;
                    byte[] bytes = text == null ? rows.getBytes(i) : null;
                    if (text == null && bytes == null) {
                        continue;
                    }
                    ciphertexts++;
                    assertThat(text == null ? CiphertextHeader.of(bytes) : CiphertextHeader.of(text))
                            .as(columns.getColumnName(i))
                            .isNotNull();
                }
            }
            // Eight primitives are never null.
            assertThat(ciphertexts).isGreaterThan(8 * 50);
        }
    }
}
