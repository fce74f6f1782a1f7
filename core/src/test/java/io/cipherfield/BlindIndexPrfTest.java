package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlindIndexPrfTest {

    private final CipherKey key = CipherKey.parse("OnTFi2t4ZiTsgjoOXEQzdTLJ2YbYYr5NugQ9RvIFq8Y=");
    private final byte[] value = {1, 2, 3};

    @Test
    void equal_values_have_equal_indexes_that_start_with_the_key_s_id() {
        byte[] index = BlindIndexPrf.of(key, "Patient.email", 128).index(value);
        assertThat(index)
                .hasSize(20)
                .isEqualTo(BlindIndexPrf.of(key, "Patient.email", 128).index(value.clone()));
        assertThat(java.nio.ByteBuffer.wrap(index).getInt()).isEqualTo(key.id().value());
    }

    @Test
    void another_value_definition_or_key_has_another_index() {
        byte[] index = body(BlindIndexPrf.of(key, "Patient.email", 128).index(value));
        assertThat(body(BlindIndexPrf.of(key, "Patient.email", 128).index(new byte[] {1, 2, 4})))
                .isNotEqualTo(index);
        assertThat(body(BlindIndexPrf.of(key, "Patient.mail", 128).index(value)))
                .isNotEqualTo(index);
        assertThat(body(BlindIndexPrf.of(
                                CipherKey.parse("xB9W2j9uSMalLYLvYVl96mJDLScpGDypzV81UX6IN7U="), "Patient.email", 128)
                        .index(value)))
                .isNotEqualTo(index);
    }

    private static byte[] body(byte[] index) {
        return Arrays.copyOfRange(index, 4, index.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 24, 31, 33, 127, 264, -8})
    void other_lengths_are_refused(int bits) {
        assertThatThrownBy(() -> BlindIndexPrf.of(key, "x", bits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void many_threads_at_once_get_the_same_index() {
        BlindIndexPrf prf = BlindIndexPrf.of(key, "Patient.email", 256);
        byte[] expected = prf.index(value);
        assertThat(IntStream.range(0, 50_000).parallel().allMatch(i -> Arrays.equals(prf.index(value), expected)))
                .isTrue();
    }
}
