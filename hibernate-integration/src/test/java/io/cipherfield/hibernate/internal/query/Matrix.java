package io.cipherfield.hibernate.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Version;

/** The table of {@code matrix.txt}: shapes of statements, and what they do over each kind of attribute. */
record Matrix(List<Shape> shapes) {

    static final boolean SEVEN = !Version.getVersionString().startsWith("6.");

    /** What a statement over an attribute must do. */
    enum Outcome {
        WORKS("yes"),
        REFUSED("no"),
        /** Not a statement, also over an unencrypted attribute of that type. */
        NONE("-");

        final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** {@code 6.6/7}, or one for both. */
        static Outcome ofRunning(String cell) {
            String[] versions = cell.split("/");
            return of(versions[SEVEN ? versions.length - 1 : 0]);
        }

        private static Outcome of(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No outcome: " + text));
        }
    }

    /** Kinds with one of the tags have another outcome than the row's; {@code only} means that those without have none. */
    record Deviation(String sign, List<String> tags) {

        static Deviation parse(String text) {
            List<String> words = List.of(text.split(" "));
            List<String> tags = words.subList(1, words.size());
            tags.stream().filter(tag -> !Kind.isTag(tag)).findFirst().ifPresent(tag -> {
                throw new IllegalStateException("No kind of attribute is " + tag + ": " + text);
            });
            return new Deviation(words.get(0), tags);
        }

        boolean isOnly() {
            return sign.equals("only");
        }

        boolean applies(Kind kind) {
            return tags.stream().anyMatch(kind::is) != isOnly();
        }

        String cell() {
            return isOnly() ? "-" : sign;
        }
    }

    /** @param tried what an error says was tried, beside the attribute */
    record Shape(
            String group,
            String name,
            boolean since7,
            String tried,
            String statement,
            String randomised,
            String deterministic,
            String twoKeys,
            List<Deviation> deviations) {

        /** On the running Hibernate, with one key in the ring. */
        Outcome outcome(Kind kind) {
            return outcome(
                    kind,
                    switch (kind.encryption) {
                        case RANDOMISED, OTHER_LEGACY -> randomised;
                        case DETERMINISTIC -> deterministic;
                        case SEARCHABLE_LEGACY -> twoKeys;
                    });
        }

        /** On the running Hibernate, while rows are under two keys. */
        Outcome outcomeWithTwoKeys(Kind kind) {
            return outcome(
                    kind,
                    switch (kind.encryption) {
                        case RANDOMISED, OTHER_LEGACY -> randomised;
                        case DETERMINISTIC, SEARCHABLE_LEGACY -> twoKeys;
                    });
        }

        private Outcome outcome(Kind kind, String usual) {
            return Outcome.ofRunning(deviations.stream()
                    .filter(deviation -> deviation.applies(kind))
                    .findFirst()
                    .map(Deviation::cell)
                    .orElse(usual));
        }

        boolean writes() {
            return statement.matches("(update|insert|delete) .*");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Matrix read() {
        List<Shape> shapes = new ArrayList<>();
        String group = "";
        for (String line : Shapes.read("matrix.txt").toList()) {
            if (line.startsWith("# ")) {
                group = line.substring(2);
            } else {
                shapes.add(shape(group, line));
            }
        }
        return new Matrix(shapes);
    }

    private static Shape shape(String group, String line) {
        List<String> cells = List.of(line.split("\\s+;\\s*|;\\s+", -1));
        int fixed = 6;
        if (cells.size() < fixed) {
            throw new IllegalStateException("A cell is missing: " + line);
        }
        boolean since7 = cells.get(0).endsWith(" [7]");
        List<Deviation> deviations = cells.subList(fixed, cells.size()).stream()
                .map(Deviation::parse)
                .toList();
        return new Shape(
                group,
                cells.get(0).replace(" [7]", ""),
                since7,
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                cells.get(5),
                deviations);
    }
}
