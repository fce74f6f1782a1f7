package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/queries.md} is the one that {@link MatrixTest} checks. */
class PublishedMatrixTest {

    private static final String BEGIN = "<!-- matrix: PublishedMatrixTest prints what belongs here if it differs -->\n";
    private static final String END = "<!-- end of matrix -->";

    @Test
    void the_documentation_shows_the_matrix_that_is_tested() throws IOException {
        String document = Files.readString(document());
        int begin = document.indexOf(BEGIN) + BEGIN.length();

        assertThat(document.substring(begin, document.indexOf(END))).isEqualTo(table());
    }

    private static Path document() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("docs/queries.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private static String table() {
        Map<String, List<Matrix.Shape>> groups = Matrix.read().shapes().stream()
                .collect(Collectors.groupingBy(Matrix.Shape::group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        groups.forEach((group, shapes) -> {
            text.append("\n### ").append(group).append("\n\n");
            text.append("| statement | randomised | deterministic | … under two keys | otherwise |\n");
            text.append("|---|:-:|:-:|:-:|---|\n");
            shapes.forEach(shape -> text.append(row(shape)));
        });
        return text.append('\n').toString();
    }

    private static String row(Matrix.Shape shape) {
        String name = shape.name().replace("||", "&#124;&#124;").replace("<", "&lt;");
        String otherwise = shape.deviations().stream()
                .map(deviation -> sign(deviation.sign()) + " " + String.join(", ", deviation.tags()))
                .collect(Collectors.joining("; "));
        return "| "
                + String.join(
                        " | ",
                        name + (shape.since7() ? " (Hibernate 7)" : ""),
                        sign(shape.randomised()),
                        sign(shape.deterministic()),
                        sign(shape.twoKeys()),
                        otherwise)
                + " |\n";
    }

    private static String sign(String cell) {
        return cell.replace("yes", "✓").replace("no", "✗").replace("-", "–");
    }
}
