package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyValueTest {

    private static final List<KeyColumn> KEY = List.of(
            plain("a", KeyKind.NUMBER), plain("b", KeyKind.TEXT), plain("c", KeyKind.UUID), plain("d", KeyKind.BYTES));

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
                Position position = new Position(3, true, key, key);
                assertThat(Position.decode(position.encode(KEY), KEY)).isEqualTo(position);
            }
        }
        assertThat(Position.decode(Position.START.encode(KEY), KEY)).isEqualTo(Position.START);
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
