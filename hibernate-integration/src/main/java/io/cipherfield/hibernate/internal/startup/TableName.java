package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a table as the database's own metadata has it: without quotes, in its true letter case. */
public record TableName(@Nullable String catalog, @Nullable String schema, String name) {

    private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|`([^`]*)`|\\[([^]]*)]|([^.]+)");

    /** @return null if PostgreSQL says that there is no such table; other databases are not asked here */
    public static @Nullable TableName find(Connection connection, DatabaseKind database, String sql)
            throws SQLException {
        if (database == DatabaseKind.POSTGRESQL) {
            return bySearchPath(connection, sql);
        }
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(sql);
        while (matcher.find()) {
            parts.add(unquoted(matcher.group(), connection.getMetaData()));
        }
        int last = parts.size() - 1;
        String qualifier = last > 0 ? parts.get(last - 1) : null;
        if (database == DatabaseKind.MARIADB) {
            return new TableName(qualifier == null ? connection.getCatalog() : qualifier, null, parts.get(last));
        }
        return new TableName(
                last > 1 ? parts.get(last - 2) : null,
                qualifier == null ? connection.getSchema() : qualifier,
                parts.get(last));
    }

    private static @Nullable TableName bySearchPath(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select n.nspname, c.relname"
                + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where c.oid = pg_catalog.to_regclass(cast(? as text))")) {
            statement.setString(1, sql);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? new TableName(null, found.getString(1), found.getString(2)) : null;
            }
        }
    }

    static boolean isQuoted(String sql) {
        return "\"`[".indexOf(sql.charAt(0)) >= 0;
    }

    /** One part of a name as the database stores it. */
    public static String unquoted(String sql, DatabaseMetaData rules) throws SQLException {
        if (isQuoted(sql)) {
            return sql.substring(1, sql.length() - 1);
        }
        if (rules.storesUpperCaseIdentifiers()) {
            return sql.toUpperCase(Locale.ROOT);
        }
        return rules.storesLowerCaseIdentifiers() ? sql.toLowerCase(Locale.ROOT) : sql;
    }
}
