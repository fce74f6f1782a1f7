package io.cipherfield.hibernate.reencrypt;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) of maps, lists, texts, whole numbers, booleans and nulls: all that a report has, so that nobody needs a
 * library for it. The text is ASCII, so that no terminal, log or encoding on its way can break it.
 */
final class Json {

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    static String of(Map<String, ? extends @Nullable Object> object) {
        Json json = new Json();
        json.write(object, "\n");
        return json.text.append('\n').toString();
    }

    private void write(@Nullable Object value, String lineStart) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            text.append(value);
        } else if (value instanceof Map<?, ?> map) {
            writeAll('{', map.entrySet().iterator(), '}', lineStart);
        } else if (value instanceof List<?> list) {
            writeAll('[', list.iterator(), ']', lineStart);
        } else {
            writeText(value.toString());
        }
    }

    private void writeAll(char open, Iterator<?> values, char close, String lineStart) {
        String inner = lineStart + "  ";
        text.append(open);
        for (boolean first = true; values.hasNext(); first = false) {
            text.append(first ? "" : ",").append(inner);
            Object value = values.next();
            if (value instanceof Map.Entry<?, ?> entry) {
                writeText(String.valueOf(entry.getKey()));
                text.append(": ");
                write(entry.getValue(), inner);
            } else {
                write(value, inner);
            }
        }
        if (text.charAt(text.length() - 1) != open) {
            text.append(lineStart);
        }
        text.append(close);
    }

    private void writeText(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7F) {
                text.append(c);
            } else {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        text.append('"');
    }
}
