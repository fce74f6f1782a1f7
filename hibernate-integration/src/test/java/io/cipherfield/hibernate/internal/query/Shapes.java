package io.cipherfield.hibernate.internal.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The statements of the matrix, one a line; those that are refused say which attribute the error must name. */
final class Shapes {

    private Shapes() {}

    record Refused(String attribute, String statement) {}

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

    static Stream<Refused> refused(String file) {
        return read(file).map(line -> {
            String[] parts = line.split("\\|\\s", 2);
            return new Refused(parts[0].trim(), parts[1].trim());
        });
    }
}
