package io.cipherfield.internal.cli;

/** Keeps one value on one line: backslash, control characters and unpaired surrogates as in Java and JSON strings. */
final class Escape {

    private Escape() {}

    static String line(String value) {
        StringBuilder line = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    boolean separator = c == '\u2028' || c == '\u2029';
                    if (Character.isISOControl(c) || separator || isUnpaired(value, i)) {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        return line.toString();
    }

    /** CSV keeps line breaks in quotes; only what UTF-8 cannot hold is written as an escape. */
    static String unpairedSurrogates(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (isUnpaired(value, i)) {
                text.append(String.format("\\u%04x", (int) value.charAt(i)));
            } else {
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean isUnpaired(String value, int index) {
        char c = value.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }
}
