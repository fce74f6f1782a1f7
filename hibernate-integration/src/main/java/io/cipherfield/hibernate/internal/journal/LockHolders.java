package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who may hold a lock of the journal, as far as the database tells this user. */
record LockHolders(JournalSql sql, TableNames names) {

    String describe(Connection connection) {
        try {
            List<String> holders = Transaction.in(connection, () -> holders(connection));
            return holders.isEmpty() ? "It has ended by now." : "Held by: " + String.join("; ", holders) + ".";
        } catch (SQLException e) {
            return "The database does not tell this user who holds it (SQLSTATE " + e.getSQLState() + ").";
        }
    }

    private List<String> holders(Connection connection) throws SQLException {
        List<String> holders = new ArrayList<>();
        String query = query();
        if (query.isEmpty()) {
            return List.of("a session that the database's administrator sees");
        }
        try (PreparedStatement statement = LockWait.bounded(connection.prepareStatement(query))) {
            if (sql == JournalSql.POSTGRESQL) {
                statement.setString(1, names.run());
                statement.setString(2, names.range());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    holders.add("session " + rows.getString(1) + " (" + rows.getString(2) + "), " + rows.getString(3)
                            + " since " + rows.getString(4));
                }
            }
        }
        return holders;
    }

    private String query() {
        return switch (sql) {
            case POSTGRESQL ->
                "select distinct a.pid, coalesce(nullif(a.application_name, ''), 'no name') || ' of user ' || a.usename"
                        + " || coalesce(' at ' || host(a.client_addr), ''), a.state, a.state_change"
                        + " from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid"
                        + " where l.granted and l.mode = 'RowExclusiveLock' and a.pid <> pg_backend_pid()"
                        + " and l.relation in (to_regclass(cast(? as text)), to_regclass(cast(? as text)))";
            case MARIADB ->
                "select t.trx_mysql_thread_id, concat('user ', p.user, ' at ', p.host), concat(lower(p.command),"
                        + " ' with an open transaction'), t.trx_started"
                        + " from information_schema.innodb_trx t join information_schema.processlist p"
                        + " on p.id = t.trx_mysql_thread_id"
                        + " where t.trx_mysql_thread_id <> connection_id() and t.trx_rows_locked > 0";
            case H2 ->
                "select session_id, 'user ' || user_name, lower(session_state) || ' with an open transaction',"
                        + " session_start from information_schema.sessions"
                        + " where contains_uncommitted and session_id <> session_id()";
            case ORACLE, SQL_SERVER, STANDARD -> "";
        };
    }
}
