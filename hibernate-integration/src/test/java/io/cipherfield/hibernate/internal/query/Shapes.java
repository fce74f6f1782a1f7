package io.cipherfield.hibernate.internal.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads tables of statements, one a line. */
final class Shapes {

    private Shapes() {}

    record Statement(String attribute, String text) {}

    static Stream<String> read(String file) {
        try (InputStream in = Objects.requireNonNull(Shapes.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::trim)
                            .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                            .toList()
                            .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Statement> statements(String file) {
        return read(file).map(line -> {
            String[] parts = line.split("\\|\\s", 2);
            return new Statement(parts[0].trim(), parts[1].trim());
        });
    }
}
