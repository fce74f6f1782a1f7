package io.cipherfield.hibernate.internal.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The progress of runs in a database, and the lease by which one process at a time runs. Connections are the caller's: in READ
 * COMMITTED, without an open transaction where a method does not say otherwise. Thread-safe.
 */
public final class Journal {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    private final JournalSql sql;
    private final TableNames names;
    private final JournalTables tables;

    private Journal(JournalSql sql, TableNames names) {
        this.sql = sql;
        this.names = names;
        this.tables = new JournalTables(sql, names);
    }

    /**
     * @param table the name of the first table as SQL writes it, qualified and quoted where need be; the others lie beside it.
     *     Null for {@code cipherfield_reencryption} in the connection's default schema
     */
    public static Journal of(Dialect dialect, @Nullable String table) {
        return new Journal(JournalSql.of(dialect), TableNames.of(table));
    }

    /** The statements that create the tables, for those whose job may not. */
    public List<String> ddl() {
        return tables.ddl();
    }

    /**
     * Takes the lease, and creates the tables where they are missing. An unfinished run of the same definition, whose process
     * ended or is taken for dead, goes on; one of another definition is replaced, which {@link Lease#replaced()} tells. Commits.
     *
     * @param data whose lease it is: see {@link DataSet}
     * @param owner says to a person which process this is, and where
     * @param leaseTime after which the process is taken for dead if it has not renewed the lease; renew it three times as often
     * @throws LeaseHeldException if another process goes through one of the tables
     * @throws JournalException if the tables cannot be used, or a dead process still holds locks
     */
    public Lease claim(Connection connection, RunDefinition definition, DataSet data, String owner, Duration leaseTime)
            throws SQLException {
        if (leaseTime.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("A lease of " + leaseTime + " would expire at once");
        }
        tables.createMissing(connection);
        return new Claim(sql, names, definition, data, owner, leaseTime).take(connection);
    }

    /** The values of a column that runs have left as they are, and that none has found in order since. Creates the tables where they are missing. */
    public List<Quarantined> quarantined(Connection connection, DataSet data, String table, String column)
            throws SQLException {
        tables.createMissing(connection);
        return Transaction.in(
                connection, () -> Quarantine.ofColumn(connection, names.quarantine(), data.place(table), column));
    }

    /**
     * The fingerprints of a table's values that runs have left since nobody could read them, by column. Creates no table: where there is none, no run has
     * left a value.
     */
    public Map<String, Set<String>> unreadable(Connection connection, DataSet data, String table) throws SQLException {
        return tables.hasFingerprints(connection)
                ? Transaction.in(
                        connection, () -> Quarantine.fingerprints(connection, names.quarantine(), data.place(table)))
                : Map.of();
    }

    /**
     * For one connection of a worker: ends the transactions of a process that stopped in the midst of one, so that its locks
     * end about when its lease does.
     */
    public IdleTransactionLimit idleLimit(Duration leaseTime) {
        return new IdleTransactionLimit(sql, leaseTime);
    }
}
