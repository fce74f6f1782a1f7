package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedValuesTest {

    @ParameterizedTest
    @CsvSource({
        // Damage: most are decoded, or one of two, or none, of which the number of failures that may be decides.
        "3, 2, false",
        "1000, 999, false",
        "1, 1, false",
        "0, 50, false",
        // By chance, or not.
        "1, 2, true",
        "2, 2, false",
        "2, 3, true",
        "3, 3, false",
        "3, 6, false",
        "3, 20, true",
        "6, 20, false",
        // Under a second password some of so many would pass.
        "6, 21, true",
        "21, 21, true",
        "500, 500, true"
    })
    void half_of_the_values_that_fail_are_no_damage_unless_they_are_few_and_the_others_prove_the_password(
            int decoded, int failed, boolean garbled) {
        DecodedValues values = new DecodedValues();
        for (int i = 0; i < decoded; i++) {
            values.decoded("old");
        }
        for (int i = 0; i < failed; i++) {
            values.failed("old");
        }
        assertThat(values.garbled().contains("old")).isEqualTo(garbled);
    }
}
