package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyValueTest {

    private static final List<KeyColumn> KEY = List.of(
            plain("a", KeyKind.NUMBER), plain("b", KeyKind.TEXT), plain("c", KeyKind.UUID), plain("d", KeyKind.BYTES));

    private static final List<KeyColumn> SECRET = List.of(
            plain("a", KeyKind.NUMBER),
            new KeyColumn("b", KeyKind.TEXT, "", true, true),
            plain("c", KeyKind.UUID),
            plain("d", KeyKind.BYTES));

    private static final PositionCode POSITIONS =
            PositionCode.of(CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD)));

    private static KeyColumn plain(String name, KeyKind kind) {
        return new KeyColumn(name, kind, "", false, false);
    }

    @Test
    void each_key_comes_back_from_its_text_which_is_ascii() {
        List<Number> numbers = List.of(
                0,
                -1L,
                Long.MIN_VALUE,
                new BigDecimal("-1.20"),
                new BigDecimal("1E+30"),
                BigInteger.ONE.shiftLeft(63),
                (short) 7);
        List<String> texts =
                List.of("", " ", ",", ";!%", "é日\uD83D\uDD11", "\uD83D", "\0\n", "2024-10-27 02:30:00.1+01");
        for (Number number : numbers) {
            for (String text : texts) {
                KeyValue key = new KeyValue(number, text, new UUID(-1, 2), text.getBytes(StandardCharsets.UTF_8));
                String encoded = key.encode(KEY);
                assertThat(encoded).matches("[\\x21-\\x7e]+");
                assertThat(KeyValue.decode(encoded, KEY))
                        .isEqualTo(key)
                        .hasSameHashCodeAs(key)
                        .isNotEqualTo(key.first(3));
                assertThat(KeyValue.decode(key.first(2).encode(KEY), KEY)).isEqualTo(key.first(2));
                Position position = new Position(3, true, key);
                assertThat(POSITIONS.decode(POSITIONS.encode(position, KEY), KEY))
                        .isEqualTo(position);
                String hidden = POSITIONS.encode(position, SECRET);
                assertThat(hidden).matches("[\\x21-\\x7e]+").doesNotContain(encoded);
                assertThat(POSITIONS.decode(hidden, SECRET)).isEqualTo(position);
            }
        }
        assertThat(POSITIONS.decode(POSITIONS.encode(Position.START, KEY), KEY)).isEqualTo(Position.START);
        Position missed = new Position(12, true, null);
        assertThat(POSITIONS.decode(POSITIONS.encode(missed, SECRET), SECRET)).isEqualTo(missed);
    }

    @Test
    void a_report_names_the_columns_and_shows_nothing_of_an_encrypted_one() {
        KeyColumn secret = new KeyColumn("word", KeyKind.TEXT, "", true, true);
        assertThat(new KeyValue(-7).text(KEY)).isEqualTo("-7");
        assertThat(new KeyValue(7, "x").text(KEY)).isEqualTo("a=7, b=x");
        assertThat(new KeyValue(7, "in clear").text(List.of(KEY.get(0), secret)))
                .isEqualTo("a=7");
        assertThat(new KeyValue("in clear").text(List.of(secret))).doesNotContain("in clear");
        assertThat(new KeyValue("in clear")).asString().doesNotContain("in clear");
    }
}
