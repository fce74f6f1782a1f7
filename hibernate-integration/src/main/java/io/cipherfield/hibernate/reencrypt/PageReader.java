package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table page by page, each behind the last key of the one before, in the database's own order of the keys: with a
 * collation that only the database knows, comparing keys here would skip rows.
 */
interface PageReader {

    /** A page of large values ends early, so that memory stays bounded whatever the page's size in rows. */
    long PAGE_BYTES = 16L << 20;

    int FETCH_SIZE = 200;

    /**
     * A page may be empty and yet not the last.
     *
     * @param after the last key of the page before, or null for the first page of the range
     */
    Page next(JobConnection connection, KeyRange range, @Nullable KeyValue after, int rows) throws SQLException;

    /** How many rows the next page should have, if more than its size says, since each page goes through many more rows than it has. */
    default int rows(JobConnection connection, KeyRange range, @Nullable KeyValue after, int size) throws SQLException {
        return size;
    }

    /** The rows of a page as they are now, of a table whose rows are told by a key; none of any other. Of one whose rows move, those that have not. */
    Map<KeyValue, Row> again(JobConnection connection, KeyRange range, @Nullable KeyValue after, KeyValue last)
            throws SQLException;

    static PageReader of(TableShape shape, DatabaseKind database) {
        return switch (shape.address()) {
            case KEY -> new KeyReader(shape, database);
            case TID -> new TidReader(shape);
            case CONTENT -> new ContentReader(shape);
        };
    }
}
