package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.util.List;

/**
 * Something that is wrong with a real column.
 *
 * @param error whether values would be lost, misread, written in clear or refused; otherwise it costs something, and works
 * @param what what is there, and what is needed
 * @param statements in this order; none where only a person can know
 */
record ColumnFinding(EncryptedColumn column, boolean error, String what, List<String> statements) {

    @Override
    public String toString() {
        return column + ": " + what;
    }
}
