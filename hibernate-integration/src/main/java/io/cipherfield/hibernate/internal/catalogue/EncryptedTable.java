package io.cipherfield.hibernate.internal.catalogue;

import java.util.List;
import java.util.Set;

/**
 * A table with encrypted columns.
 *
 * @param name with schema and catalogue where they are set, quoted where it must be: as SQL needs it
 * @param keyColumns the primary key's columns, as SQL needs them; empty if the table has none
 * @param ownerColumns of a table of one collection, the columns that refer to the owner; empty of any other table
 * @param entities names of the entities whose rows are (partly) in this table, for the second-level cache
 * @param collections roles of the collections whose rows are in this table
 */
public record EncryptedTable(
        String name,
        List<String> keyColumns,
        List<String> ownerColumns,
        Set<String> entities,
        Set<String> collections) {

    @Override
    public String toString() {
        return name;
    }
}
