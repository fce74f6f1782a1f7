package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.value.ValueException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which characters a table's columns hold. Ciphertext is ASCII, and so are columns that were made for it; MariaDB and MySQL replace what is not in
 * a column's character set by question marks, and outside of strict mode do not even say so.
 */
final class Characters {

    /** No column is in the way of anything. */
    static final Characters ALL = new Characters(DatabaseKind.OTHER, Map.of());

    private final DatabaseKind database;
    /** By the columns' names in lower case and without quotes; on MariaDB and MySQL. */
    private final Map<String, String> sets;

    private Characters(DatabaseKind database, Map<String, String> sets) {
        this.database = database;
        this.sets = sets;
    }

    static Characters of(JobConnection connection, DatabaseKind database, TableShape shape) throws SQLException {
        Map<String, String> sets = new HashMap<>();
        if (database == DatabaseKind.MARIADB) {
            String sql = "select column_name, character_set_name from information_schema.columns where table_schema ="
                    + " coalesce(?, database()) and table_name = ? and character_set_name is not null";
            try (PreparedStatement statement = connection.prepare(sql)) {
                statement.setString(1, shape.realCatalogue().isEmpty() ? null : shape.realCatalogue());
                statement.setString(2, shape.realName());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        sets.put(plain(rows.getString(1)), rows.getString(2).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return new Characters(database, sets);
    }

    private static String plain(String column) {
        return column.replace("`", "").toLowerCase(Locale.ROOT);
    }

    /** @throws ValueException if a text would not come back from the column as it is; nothing of it is in the message */
    void check(EncryptedColumn column, Object value) {
        if (!(value instanceof String text)) {
            return;
        }
        if (database == DatabaseKind.POSTGRESQL && text.indexOf('\0') >= 0) {
            throw new ValueException("It holds the character 0, which PostgreSQL does not store.");
        }
        String set = sets.get(plain(column.name()));
        if (set != null && !holds(set, text)) {
            throw new ValueException("It holds characters that its column's character set " + set
                    + " does not have. Make it utf8mb4 and run the job again.");
        }
    }

    private static boolean holds(String set, String text) {
        if (set.equals("utf8mb4") || StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            return true;
        }
        if (set.equals("utf8") || set.equals("utf8mb3")) {
            return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
        }
        Charset known = known(set);
        return known != null && known.newEncoder().canEncode(text);
    }

    private static @Nullable Charset known(String set) {
        return switch (set) {
            // MySQL's latin1 is what Windows calls 1252.
            case "latin1" -> Charset.forName("windows-1252");
            case "latin2" -> Charset.forName("ISO-8859-2");
            default -> null;
        };
    }
}
