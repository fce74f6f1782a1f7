package io.cipherfield.hibernate.reencrypt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table.
 *
 * @param last where the next page goes on; null if this one is the last of the range
 */
record Page(List<Row> rows, @Nullable KeyValue last) {}
