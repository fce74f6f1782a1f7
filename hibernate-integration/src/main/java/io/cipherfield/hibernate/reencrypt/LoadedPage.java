package io.cipherfield.hibernate.reencrypt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as {@code load data} reads them: columns between tabs, lines between line feeds, a backslash before what would end one, and {@code \N} for null. */
final class LoadedPage {

    /** By numbers, since a server may read backslashes in literals in another way. */
    static final String FORMAT = "fields terminated by 0x09 escaped by 0x5C lines terminated by 0x0A";

    private static final byte TAB = '\t';
    private static final byte LINE_FEED = '\n';
    private static final byte ESCAPE = '\\';
    private static final byte[] NULL = {ESCAPE, 'N'};

    private final Content out = new Content();

    private LoadedPage() {}

    /** Read where it was written, since it is large. */
    private static final class Content extends ByteArrayOutputStream {
        InputStream content() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    /** Of each row its key, then the old and the new value of each column. */
    static InputStream of(List<Row> rows, int columns) {
        LoadedPage page = new LoadedPage();
        for (Row row : rows) {
            KeyValue key = row.key();
            for (int i = 0; i < key.size(); i++) {
                if (i > 0) {
                    page.out.write(TAB);
                }
                page.add(key.part(i));
            }
            for (int i = 0; i < columns; i++) {
                page.out.write(TAB);
                page.add(row.stored(i));
                page.out.write(TAB);
                page.add(row.next(i));
            }
            page.out.write(LINE_FEED);
        }
        return page.out.content();
    }

    private void add(@Nullable Object value) {
        if (value == null) {
            out.writeBytes(NULL);
        } else {
            escaped(value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void escaped(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == TAB || b == LINE_FEED || b == ESCAPE || b == 0) {
                out.write(bytes, from, i - from);
                out.write(ESCAPE);
                out.write(b == 0 ? '0' : b);
                from = i + 1;
            }
        }
        out.write(bytes, from, bytes.length - from);
    }
}
