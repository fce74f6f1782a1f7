package io.cipherfield.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.DecryptionException;
import io.cipherfield.DecryptionException.Reason;
import io.cipherfield.value.SampleValues.Colour;
import io.cipherfield.value.SampleValues.JsonText;
import io.cipherfield.value.SampleValues.LongNames;
import io.cipherfield.value.SampleValues.Sample;
import io.cipherfield.value.ValueCodec.LengthUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecTest {

    private static final HexFormat HEX = HexFormat.of();

    static List<Sample> samples() {
        return SampleValues.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_value_comes_back_as_it_was(Sample sample) {
        ValueCodec<Object> codec = sample.codec();
        Object back = codec.decode(codec.encode(sample.value(), 0));
        assertThat(SampleValues.comparable(back)).isEqualTo(SampleValues.comparable(sample.value()));
        assertThat(back).isInstanceOf(codec.javaType());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void padding_changes_the_length_and_not_the_value(Sample sample) {
        ValueCodec<Object> codec = sample.codec();
        for (int padTo : new int[] {1, 2, 16, 100}) {
            byte[] padded = codec.encode(sample.value(), padTo);
            assertThat(SampleValues.comparable(codec.decode(padded)))
                    .isEqualTo(SampleValues.comparable(sample.value()));
            if (codec.paddable()) {
                assertThat((padded.length - 1) % padTo).isZero();
                assertThat(padded.length).isGreaterThan(codec.encode(sample.value(), 0).length);
            } else {
                assertThat(padded).isEqualTo(codec.encode(sample.value(), 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void no_plaintext_is_longer_than_the_declared_length_allows(Sample sample) {
        ValueCodec<Object> codec = sample.codec();
        for (int padTo : new int[] {0, 1, 7, 64}) {
            assertThat((long) codec.encode(sample.value(), padTo).length)
                    .isLessThanOrEqualTo(codec.maxPlaintextLength(codec.lengthOf(sample.value()), padTo));
        }
    }

    @Test
    void no_random_value_is_longer_than_the_declared_length_allows() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int padTo = random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 0;
            assertBounded(String.class, randomText(random), padTo);
            assertBounded(byte[].class, new byte[random.nextInt(100)], padTo);
            BigInteger number = new BigInteger(random.nextInt(700), random);
            assertBounded(BigInteger.class, random.nextBoolean() ? number : number.negate(), padTo);
            assertBounded(BigDecimal.class, new BigDecimal(number, random.nextInt()), padTo);
        }
    }

    @Test
    void the_largest_number_of_each_count_of_digits_fits() {
        for (int digits = 1; digits < 1000; digits++) {
            BigInteger largest = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
            for (BigInteger number : List.of(largest, largest.negate())) {
                assertBounded(BigInteger.class, number, 0);
                assertBounded(BigDecimal.class, new BigDecimal(number, 2), 0);
            }
        }
    }

    private static void assertBounded(Class<?> javaType, Object value, int padTo) {
        ValueCodec<Object> codec = new Sample(javaType, value).codec();
        byte[] plaintext = codec.encode(value, padTo);
        assertThat((long) plaintext.length).isLessThanOrEqualTo(codec.maxPlaintextLength(codec.lengthOf(value), padTo));
        assertThat(SampleValues.comparable(codec.decode(plaintext))).isEqualTo(SampleValues.comparable(value));
    }

    private static String randomText(Random random) {
        char[] chars = new char[random.nextInt(60)];
        int range = new int[] {0x80, 0x800, 0xD800, 0x10000}[random.nextInt(4)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) random.nextInt(range);
        }
        return new String(chars);
    }

    @Test
    void values_of_one_type_have_one_width_where_their_length_would_tell() {
        Map<Class<?>, Set<Integer>> widths = new HashMap<>();
        for (Sample sample : samples()) {
            if (!sample.codec().paddable() && sample.codec().lengthUnit() == LengthUnit.NONE) {
                widths.computeIfAbsent(sample.javaType(), type -> new java.util.TreeSet<>())
                        .add(sample.codec().encode(sample.value(), 0).length);
            }
        }
        assertThat(widths.remove(LongNames.class)).containsExactly(33, 65, 97);
        assertThat(widths)
                .hasSizeGreaterThan(25)
                .allSatisfy((type, lengths) ->
                        assertThat(lengths).as(type.getName()).hasSize(1));
        assertThat(widths.get(Colour.class)).containsExactly(33);
    }

    /** Deterministic ciphertexts would no longer match if a constant that was added to an enum changed those of the others. */
    @Test
    void a_constant_s_plaintext_depends_on_its_name_alone() {
        assertThat(new Sample(LongNames.class, LongNames.SHORT).codec().encode(LongNames.SHORT, 0))
                .hasSize(33)
                .startsWith(0x8F, 'S', 'H', 'O', 'R', 'T', 0x80, 0);
    }

    @Test
    void numbers_of_few_digits_have_one_width() {
        for (String number : List.of("0", "-1", "9.99", "123456789012345678.12")) {
            assertThat(new Sample(BigDecimal.class, null).codec().encode(new BigDecimal(number), 0))
                    .hasSize(17);
        }
    }

    @Test
    void every_type_byte_is_written_by_some_codec() {
        Set<ValueType> written = EnumSet.noneOf(ValueType.class);
        samples()
                .forEach(
                        sample -> written.add(TypedPlaintext.type(sample.codec().encode(sample.value(), 0))));
        assertThat(written).containsExactly(ValueType.values());
    }

    @Test
    void a_string_with_an_unpaired_surrogate_is_kept_in_utf_16_and_all_others_in_utf_8() {
        ValueCodec<Object> codec = new Sample(String.class, null).codec();
        assertThat(codec.encode("\uD83D\uDE00", 0)).isEqualTo(HEX.parseHex("01f09f9880"));
        assertThat(codec.encode("\uDE00\uD83D", 0)).isEqualTo(HEX.parseHex("02de00d83d"));
    }

    @Test
    void json_is_kept_in_utf_8_with_unpaired_surrogates_as_escapes() {
        ValueCodec<Object> codec = new Sample(JsonText.class, null).codec();
        assertThat(codec.encode(new JsonText("[1]"), 0)).isEqualTo(HEX.parseHex("235b315d"));
        byte[] written = codec.encode(new JsonText("[\"\uDE00é\uD83D\",\"\uD83D\uDE00\",\"\uD83D\"]"), 0);
        assertThat(codec.decode(written)).isEqualTo(new JsonText("[\"\\ude00é\\ud83d\",\"\uD83D\uDE00\",\"\\ud83d\"]"));
        assertThatThrownBy(() -> codec.decode(HEX.parseHex("2322ff22")))
                .isInstanceOfSatisfying(
                        DecryptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_VALUE));
    }

    @Test
    void json_is_not_read_as_a_string_nor_a_string_as_json() {
        ValueCodec<Object> json = new Sample(JsonText.class, null).codec();
        ValueCodec<Object> string = new Sample(String.class, null).codec();
        for (var codecs : List.of(List.of(json, string), List.of(string, json))) {
            Object value = codecs.get(0) == json ? new JsonText("{}") : "{}";
            assertThatThrownBy(() -> codecs.get(1).decode(codecs.get(0).encode(value, 0)))
                    .isInstanceOfSatisfying(
                            DecryptionException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE));
        }
    }

    @Test
    void primitives_and_their_wrappers_share_a_codec() {
        for (Class<?> primitive : List.of(
                boolean.class, byte.class, short.class, int.class, long.class, char.class, float.class, double.class)) {
            ValueCodec<?> codec = ValueCodecs.find(primitive);
            assertThat(codec).isNotNull();
            assertThat(codec).isSameAs(ValueCodecs.find(codec.javaType()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Object.class,
                Number.class,
                CharSequence.class,
                void.class,
                int[].class,
                List.class,
                Enum.class,
                java.sql.Timestamp.class,
                GregorianCalendar.class
            })
    void a_type_that_is_not_listed_has_no_codec(Class<?> javaType) {
        assertThat(ValueCodecs.find(javaType)).isNull();
    }

    @Test
    void a_value_written_as_another_type_is_refused_without_showing_it() {
        List<Sample> all = new ArrayList<>(samples());
        for (Sample written : all) {
            byte[] plaintext = written.codec().encode(written.value(), 0);
            for (Class<?> wanted : List.of(Integer.class, LocalDate.class, UUID.class)) {
                if (written.javaType() == wanted) {
                    continue;
                }
                assertThatThrownBy(() -> ValueCodecs.find(wanted).decode(plaintext))
                        .isInstanceOfSatisfying(DecryptionException.class, e -> {
                            assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE);
                            assertThat(e)
                                    .hasMessageContaining("was written as ")
                                    .hasMessageContaining(wanted.getName());
                        });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.String, ''", // no type byte
        "java.lang.String, 00616263", // no such type
        "java.lang.String, 7f", // no such type
        "java.lang.String, 81616263", // padded, without a mark
        "java.lang.String, 81", // padded, and empty
        "java.lang.String, 810000", // padded, with zeros alone
        "java.lang.String, 8100000081", // another mark
        "java.lang.String, 01c328", // not UTF-8
        "java.lang.String, 0161ff62", // not UTF-8
        "java.lang.String, 01eda080", // a surrogate in UTF-8
        "java.lang.String, 02d8", // half a unit of UTF-16
        "java.lang.Boolean, 0402", // neither true nor false
        "java.lang.Boolean, 04", // too short
        "java.lang.Boolean, 040101", // too long
        "java.lang.Integer, 07000000", // too short
        "java.lang.Integer, 070000000000", // too long
        "java.math.BigInteger, 0c", // no number
        "java.math.BigDecimal, 0d0000", // no scale
        "java.math.BigDecimal, 0d00000000", // no number
        "java.util.UUID, 0e00", // too short
        "java.time.LocalDate, 107fffffffffffffff", // no such day
        "java.time.LocalTime, 117fffffffffffffff", // no such time
        "java.time.LocalTime, 11ffffffffffffffff", // no such time
        "java.time.Instant, 13000000000000000040000000", // no such nanosecond
        "java.time.Instant, 137fffffffffffffff00000000", // no such second
        "java.time.Duration, 170000000000000000ffffffff", // no such nanosecond
        "java.time.OffsetTime, 1400000000000000007fffffff", // no such offset
        "java.time.ZonedDateTime, 1600", // too short
        "java.time.YearMonth, 1a000007e80d", // no such month
        "java.time.MonthDay, 1b021e", // no such day
        "java.time.ZoneOffset, 1c7fffffff", // no such offset
        "java.time.ZoneId, 1d4e6f2f5768657265", // no such zone
        "java.util.Calendar, 1f00", // too short
        "java.util.Calendar, 1f00000000000000004e6f2f5768657265", // no such zone
        "java.util.Locale, 202121", // no language tag
        "java.util.Currency, 21303030", // no such currency
        "java.net.URL, 22616263", // no URL
        "io.cipherfield.value.SampleValues$Colour, 0f424c41434b", // no such constant
    })
    void malformed_content_is_refused(Class<?> javaType, String hex) {
        assertThatThrownBy(() -> ValueCodecs.find(javaType).decode(HEX.parseHex(hex)))
                .isInstanceOfSatisfying(DecryptionException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_VALUE);
                    assertThat(e.getCause()).isNull();
                    assertThat(e.getSuppressed()).isEmpty();
                });
    }

    @Test
    void whatever_the_bytes_a_codec_answers_or_refuses_with_its_own_error() {
        Random random = new Random(11);
        for (Sample sample : samples()) {
            byte[] plaintext = sample.codec().encode(sample.value(), 0);
            for (int i = 0; i < 200; i++) {
                byte[] changed = Arrays.copyOf(plaintext, random.nextInt(plaintext.length + 3));
                if (changed.length > 0) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(sample.codec().decode(changed)).isNotNull();
                } catch (DecryptionException e) {
                    assertThat(e.reason()).isIn(Reason.WRONG_TYPE, Reason.MALFORMED_VALUE);
                }
            }
        }
    }

    @Test
    void a_value_that_has_no_encoding_is_refused() {
        Calendar ownRules = new GregorianCalendar(new SimpleTimeZone(3_600_000, "Europe/Berlin"));
        assertThatThrownBy(() -> new Sample(Calendar.class, null).codec().encode(ownRules, 0))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("time zone");
        Calendar buddhist = new Calendar.Builder().setCalendarType("buddhist").build();
        assertThatThrownBy(() -> new Sample(Calendar.class, null).codec().encode(buddhist, 0))
                .isInstanceOf(ValueException.class);
        Locale noTag = new Locale("not a language");
        assertThatThrownBy(() -> new Sample(Locale.class, null).codec().encode(noTag, 0))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("BCP 47")
                .hasMessageNotContaining("not a language");
        Locale longTag = Locale.forLanguageTag("de-x-" + "abcdefgh-".repeat(8) + "a");
        assertThatThrownBy(() -> new Sample(Locale.class, null).codec().encode(longTag, 0))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("at most 63");
    }

    @Test
    void every_zone_and_every_locale_that_the_runtime_knows_can_be_stored() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone;
            try {
                zone = ZoneId.of(id);
            } catch (ZoneRulesException e) {
                continue;
            }
            ZonedDateTime time = ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, zone);
            ValueCodec<Object> codec = new Sample(ZonedDateTime.class, time).codec();
            assertThat(codec.decode(codec.encode(time, 0))).isEqualTo(time);
        }
        ValueCodec<Object> codec = new Sample(Locale.class, null).codec();
        for (Locale locale : Locale.getAvailableLocales()) {
            if (locale.toString().equals("no_NO_NY")) {
                // The one locale of the runtime whose tag, nn-NO, stands for another locale.
                assertThatThrownBy(() -> codec.encode(locale, 0)).isInstanceOf(ValueException.class);
                continue;
            }
            assertThat(codec.decode(codec.encode(locale, 0))).isEqualTo(locale);
        }
    }

    @Test
    void a_declared_length_counts_characters_bytes_or_digits() {
        assertThat(new Sample(String.class, null).codec().lengthOf("\uD83D\uDE00"))
                .isEqualTo(2);
        assertThat(new Sample(String.class, null).codec().lengthUnit()).isEqualTo(LengthUnit.CHARACTERS);
        assertThat(new Sample(byte[].class, null).codec().lengthOf(new byte[3])).isEqualTo(3);
        assertThat(new Sample(BigDecimal.class, null).codec().lengthOf(new BigDecimal("-12.30")))
                .isEqualTo(4);
        assertThat(new Sample(BigInteger.class, null).codec().lengthOf(BigInteger.TEN))
                .isEqualTo(2);
        assertThat(new Sample(String.class, null).codec().maxPlaintextLength(255, 0))
                .isEqualTo(1 + 3 * 255);
        assertThat(ByteBuffer.wrap(new Sample(UUID.class, null).codec().encode(new UUID(1, 2), 0))
                        .get())
                .isEqualTo((byte) 0x0E);
    }
}
