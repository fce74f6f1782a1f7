package io.cipherfield.hibernate.reencrypt;

/** Any text as letters, digits and a few signs that no column's character set loses: {@code %} and four hex digits stand for others. */
final class EscapedText {

    private static final int HEX_DIGITS = 4;

    private EscapedText() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_.:/+".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    static String unescape(String escaped) {
        StringBuilder text = new StringBuilder(escaped.length());
        int i = 0;
        while (i < escaped.length()) {
            char c = escaped.charAt(i++);
            if (c == '%') {
                text.append((char) Integer.parseInt(escaped.substring(i, i + HEX_DIGITS), 16));
                i += HEX_DIGITS;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
