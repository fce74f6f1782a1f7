package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** About how many rows a table has: counted, or where that takes long, as the database's own statistics have it. */
final class RowEstimate {

    private static final int SECONDS_FOR_COUNTING = 30;
    private static final long UNKNOWN = -1;

    private RowEstimate() {}

    /** @return -1 if nobody knows; the caller has no transaction open */
    static long of(JobConnection connection, DatabaseKind database, TableShape shape) throws SQLException {
        try (PreparedStatement statement =
                connection.prepare("select count(*) from " + shape.table().name())) {
            statement.setQueryTimeout(SECONDS_FOR_COUNTING);
            return number(statement);
        } catch (SQLException e) {
            connection.rollback();
            return byStatistics(connection, database, shape);
        } finally {
            connection.rollback();
        }
    }

    static long byStatistics(JobConnection connection, DatabaseKind database, TableShape shape) throws SQLException {
        return switch (database) {
            case POSTGRESQL -> {
                try (PreparedStatement statement = connection.prepare(
                        "select cast(reltuples as bigint) from pg_class where oid = cast(? as regclass)")) {
                    statement.setString(1, shape.table().name());
                    yield number(statement);
                }
            }
            case MARIADB -> {
                try (PreparedStatement statement = connection.prepare("select table_rows from information_schema.tables"
                        + " where table_schema = coalesce(?, database()) and table_name = ?")) {
                    statement.setString(1, nullIfEmpty(shape.realCatalogue()));
                    statement.setString(2, shape.realName());
                    yield number(statement);
                }
            }
            case H2, OTHER -> UNKNOWN;
        };
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : UNKNOWN;
        }
    }
}
