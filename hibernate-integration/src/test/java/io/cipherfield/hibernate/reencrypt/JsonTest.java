package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void another_reader_finds_in_it_what_was_written() throws Exception {
        StringBuilder everyCharacter = new StringBuilder();
        for (char c = 0; c < 0x180; c++) {
            everyCharacter.append(c);
        }
        everyCharacter.append("\u2028\u2029\ufeff\uffff\ud83d\ude00 </script>");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", everyCharacter.toString());
        object.put(everyCharacter.toString(), "");
        object.put("long", Long.MIN_VALUE);
        object.put("int", 0);
        object.put("true", true);
        object.put("null", null);
        object.put("empty", List.of(Map.of(), List.of()));
        object.put("nested", List.of(Map.of("a", List.of(1, 2)), "b"));

        String json = Json.of(object);

        assertThat(new ObjectMapper().readValue(json, Map.class)).isEqualTo(object);
        assertThat(json).matches("\\p{ASCII}*").doesNotContain("\u007f");
    }

    @Test
    void half_of_a_surrogate_pair_makes_no_broken_text() throws Exception {
        String json = Json.of(Map.of("key", "a\ud83d"));
        assertThat(json).contains("a\\ud83d");
    }

    @Test
    void it_is_laid_out_for_people_too() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("a", 1);
        object.put("b", List.of(Map.of("c", "d"), Map.of()));
        assertThat(Json.of(object)).isEqualTo("""
                {
                  "a": 1,
                  "b": [
                    {
                      "c": "d"
                    },
                    {}
                  ]
                }
                """);
    }
}
