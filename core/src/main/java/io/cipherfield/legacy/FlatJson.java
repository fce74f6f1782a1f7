package io.cipherfield.legacy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object (RFC 8259) whose members are strings, each of another name; all else is refused. The core has no JSON library. */
final class FlatJson {

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /** @return null if the text is anything else */
    static @Nullable Map<String, String> parse(String text) {
        return new FlatJson(text).object();
    }

    private @Nullable Map<String, String> object() {
        Map<String, String> members = new HashMap<>();
        if (!takes('{')) {
            return null;
        }
        do {
            String name = string();
            if (name == null || !takes(':')) {
                return null;
            }
            String value = string();
            if (value == null || members.put(name, value) != null) {
                return null;
            }
        } while (takes(','));
        if (!takes('}')) {
            return null;
        }
        skipSpace();
        return at == text.length() ? members : null;
    }

    private boolean takes(char expected) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private @Nullable String string() {
        if (!takes('"')) {
            return null;
        }
        StringBuilder string = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ' || (c == '\\' && !unescape(string))) {
                return null;
            }
            if (c != '\\') {
                string.append(c);
            }
        }
        return null;
    }

    private boolean unescape(StringBuilder string) {
        char c = at < text.length() ? text.charAt(at++) : 0;
        int simple = ESCAPED.indexOf(c);
        if (simple >= 0) {
            string.append(MEANT.charAt(simple));
            return true;
        }
        if (c != 'u' || at + 4 > text.length()) {
            return false;
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at++), 16);
            if (digit < 0) {
                return false;
            }
            unit = unit * 16 + digit;
        }
        string.append((char) unit);
        return true;
    }
}
