package io.cipherfield.hibernate.reencrypt;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** MariaDB's and MySQL's columns that change by themselves with each update, unless the update sets them. */
final class OnUpdateColumns {

    private OnUpdateColumns() {}

    static List<String> of(JobConnection connection, TableShape shape) throws SQLException {
        String sql = "select column_name from information_schema.columns where table_schema = coalesce(?, database())"
                + " and table_name = ? and lower(extra) like '%on update%'";
        try (PreparedStatement statement = connection.prepare(sql)) {
            statement.setString(1, shape.realCatalogue().isEmpty() ? null : shape.realCatalogue());
            statement.setString(2, shape.realName());
            try (ResultSet rows = statement.executeQuery()) {
                List<String> columns = new ArrayList<>();
                while (rows.next()) {
                    columns.add("`" + rows.getString(1) + "`");
                }
                return columns;
            }
        }
    }
}
