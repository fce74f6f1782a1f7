package io.cipherfield.internal.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV (RFC 4180) record by record, any line end, and keeps the bytes as they are. */
final class CsvReader {

    /** A record, the line that it starts on, and its line end as it stands in the file (none behind the last one, perhaps). */
    record Line(List<CsvField> fields, long number, String end) {}

    private static final int END = -1;

    private final InputStream in;
    private final int delimiter;
    private long line = 1;
    private int next;

    CsvReader(InputStream in, byte delimiter) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.delimiter = delimiter;
        this.next = this.in.read();
    }

    /** Null at the end. */
    @Nullable
    Line read() throws IOException {
        if (next == END) {
            return null;
        }
        long start = line;
        List<CsvField> fields = new ArrayList<>();
        fields.add(field());
        while (next == delimiter) {
            advance();
            fields.add(field());
        }
        return new Line(fields, start, lineEnd());
    }

    private CsvField field() throws IOException {
        StringBuilder raw = new StringBuilder();
        if (next == '"') {
            return quotedField(raw);
        }
        while (next != END && next != delimiter && next != '\r' && next != '\n') {
            raw.append((char) next);
            advance();
        }
        return new CsvField(raw.toString(), raw.toString());
    }

    private CsvField quotedField(StringBuilder raw) throws IOException {
        long start = line;
        StringBuilder value = new StringBuilder();
        raw.append((char) next);
        advance();
        while (true) {
            if (next == END) {
                throw new CsvException("The quoted field that starts on line " + start + " does not end.");
            }
            char c = (char) next;
            raw.append(c);
            advance();
            if (c != '"') {
                value.append(c);
            } else if (next == '"') {
                raw.append('"');
                value.append('"');
                advance();
            } else {
                break;
            }
        }
        if (next != END && next != delimiter && next != '\r' && next != '\n') {
            throw new CsvException("Line " + line + " goes on behind a closing quotation mark.");
        }
        return new CsvField(raw.toString(), value.toString());
    }

    private String lineEnd() throws IOException {
        String end = "";
        if (next == '\r') {
            end = "\r";
            advance();
        }
        if (next == '\n') {
            end += "\n";
            advance();
        }
        return end;
    }

    private void advance() throws IOException {
        if (next == '\n') {
            line++;
        }
        next = in.read();
    }
}
