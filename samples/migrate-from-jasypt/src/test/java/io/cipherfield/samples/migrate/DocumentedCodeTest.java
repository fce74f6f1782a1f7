package io.cipherfield.samples.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A block of code in the documentation that names a file is a part of that file, so that what is read there has been compiled. */
class DocumentedCodeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern BLOCK = Pattern.compile("<!-- (\\S+) -->\\R```\\w+\\R(.*?)\\R```", Pattern.DOTALL);

    @Test
    void the_guide_shows_what_the_files_hold() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(ROOT.resolve("docs/from-jasypt.md")));
        int count = 0;
        while (blocks.find()) {
            count++;
            String file = Files.readString(ROOT.resolve(blocks.group(1)));
            assertThat(flush(file)).as(blocks.group(1)).contains(flush(blocks.group(2)));
        }
        assertThat(count).isGreaterThanOrEqualTo(5);
    }

    /** Without indentation. */
    private static String flush(String code) {
        return code.lines().map(String::strip).reduce("", (text, line) -> text + line + "\n");
    }
}
