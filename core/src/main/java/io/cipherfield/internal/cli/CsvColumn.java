package io.cipherfield.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of a CSV file with a header line; all other bytes of the file come out as they went in. */
final class CsvColumn {

    private static final String BYTE_ORDER_MARK = asBytes("\uFEFF");

    private final String column;
    private final byte delimiter;

    CsvColumn(String column, byte delimiter) {
        this.column = asBytes(column);
        this.delimiter = delimiter;
    }

    void process(InputStream in, OutputStream out, ValueCommand command, Failures failures) throws IOException {
        CsvReader reader = new CsvReader(in, delimiter);
        CsvReader.@Nullable Line header = reader.read();
        if (header == null) {
            throw new CsvException("The input is empty; the first line must name the columns.");
        }
        int index = indexOfColumn(header.fields());
        write(out, header, -1, "");
        for (CsvReader.@Nullable Line line = reader.read(); line != null; line = reader.read()) {
            if (index < line.fields().size()) {
                write(out, line, index, result(line, index, command, failures));
            } else {
                if (line.fields().size() > 1 || !line.fields().get(0).raw().isEmpty()) {
                    failures.add(
                            line.number(),
                            "The record has only " + line.fields().size() + " fields.");
                }
                write(out, line, -1, "");
            }
        }
    }

    private int indexOfColumn(List<CsvField> header) {
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).value();
            if (i == 0 && name.startsWith(BYTE_ORDER_MARK)) {
                name = name.substring(BYTE_ORDER_MARK.length());
            }
            if (name.equals(column)) {
                return i;
            }
        }
        throw new CsvException("The header line names " + header.size()
                + " columns, and none is the one that --column names. Check its spelling and --delimiter.");
    }

    private String result(CsvReader.Line line, int index, ValueCommand command, Failures failures) {
        CsvField field = line.fields().get(index);
        String stored = field.value().strip();
        if (StoredValue.isNull(stored)) {
            return field.raw();
        }
        String text = failures.guard(line.number(), stored, value -> Escape.unpairedSurrogates(command.apply(value)));
        return CsvField.quoted(asBytes(text), delimiter).raw();
    }

    private void write(OutputStream out, CsvReader.Line line, int changed, String changedField) throws IOException {
        for (int i = 0; i < line.fields().size(); i++) {
            if (i > 0) {
                out.write(delimiter);
            }
            String field = i == changed ? changedField : line.fields().get(i).raw();
            out.write(field.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(line.end().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The text's UTF-8, one char for each byte. */
    private static String asBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
