package io.cipherfield.hibernate.reencrypt;

import java.util.ArrayList;
import java.util.List;

/** A table of aligned columns. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] alignedRight;

    /** @param headings those that start with {@code >} head a column that is aligned to the right */
    TextTable(String... headings) {
        alignedRight = new boolean[headings.length];
        String[] plain = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            alignedRight[i] = headings[i].startsWith(">");
            plain[i] = alignedRight[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(plain);
    }

    void row(Object... cells) {
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = String.valueOf(cells[i]);
        }
        rows.add(texts);
    }

    String toText() {
        int[] widths = new int[alignedRight.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ").append(alignedRight[i] ? space + row[i] : row[i] + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
