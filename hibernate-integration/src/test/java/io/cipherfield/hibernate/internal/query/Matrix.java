package io.cipherfield.hibernate.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Version;

/** The table of {@code matrix.txt}: shapes of statements, kinds of attributes, and what happens where they meet. */
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

    /** @param tried what an error says was tried, beside the attribute */
    record Shape(String group, String name, boolean since7, String tried, String statement, Map<Kind, String> cells) {

        /** On the running Hibernate. */
        Outcome outcome(Kind kind) {
            return Outcome.ofRunning(cells.get(kind));
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
        String[] cells = line.split("\\s+;\\s*|;\\s+", -1);
        int fixed = 3;
        if (cells.length != fixed + Kind.values().length) {
            throw new IllegalStateException("The row has " + (cells.length - fixed) + " cells for "
                    + Kind.values().length + " kinds of attributes: " + line);
        }
        Map<Kind, String> outcomes = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            outcomes.put(kind, cells[fixed + kind.ordinal()]);
        }
        boolean since7 = cells[0].endsWith(" [7]");
        return new Shape(group, cells[0].replace(" [7]", ""), since7, cells[1], cells[2], outcomes);
    }
}
