package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import io.cipherfield.hibernate.internal.catalogue.UnusualValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.hibernate.dialect.Dialect;
import org.jboss.logging.Logger;

/** Looks at many tables in one query, as long as nothing is wrong with them. Says nothing: who is left out is looked at anew. */
final class QuickLook {

    private static final Logger LOG = Logger.getLogger(QuickLook.class);

    /** So that an answer takes a few megabytes of memory at most. */
    private static final int COLUMNS_OF_A_QUERY = 500;

    private QuickLook() {}

    /**
     * Samples of those tables whose columns are all as they must be; none where all values seen are too.
     *
     * @param unwanted whether it may stop behind the statement that is under way
     */
    static Map<EncryptedTable, List<HeaderSample>> samples(
            Connection connection,
            Dialect dialect,
            Map<EncryptedTable, List<EncryptedColumn>> tables,
            TimeLimit limit,
            BooleanSupplier unwanted)
            throws SQLException {
        Set<EncryptedTable> ordinary = new HashSet<>();
        attempt(
                connection,
                limit,
                () -> ordinary.addAll(
                        OrdinaryTables.among(connection, dialect, tables, StartupCheck.SECONDS_FOR_A_TABLE)));
        Map<EncryptedTable, List<HeaderSample>> samples = new HashMap<>();
        for (List<List<EncryptedColumn>> query : queries(tables, ordinary)) {
            if (unwanted.getAsBoolean()) {
                break;
            }
            attempt(connection, limit, () -> samples.putAll(samples(connection, DatabaseKind.of(dialect), query)));
        }
        return samples;
    }

    private static Map<EncryptedTable, List<HeaderSample>> samples(
            Connection connection, DatabaseKind database, List<List<EncryptedColumn>> tables) throws SQLException {
        Map<EncryptedTable, List<HeaderSample>> samples = new HashMap<>();
        tables.forEach(columns -> samples.put(columns.get(0).table(), List.of()));
        List<List<EncryptedColumn>> unusual = UnusualValues.tables(
                connection, database, tables, StartupCheck.ROWS_OF_EACH_END, StartupCheck.SECONDS_FOR_A_TABLE);
        if (!unusual.isEmpty()) {
            HeaderSample.takeOfEach(
                            connection,
                            database,
                            unusual,
                            StartupCheck.ROWS_OF_EACH_END,
                            StartupCheck.SECONDS_FOR_A_TABLE)
                    .forEach(taken -> samples.put(taken.get(0).column().table(), taken));
        }
        return samples;
    }

    private interface Look {
        void take() throws SQLException;
    }

    private static void attempt(Connection connection, TimeLimit limit, Look look) throws SQLException {
        try {
            limit.startTransaction();
            look.take();
        } catch (SQLException e) {
            LOG.debugf("Tables are looked at one by one, since together they failed: %s", DriverWords.of(e));
        }
        connection.rollback();
    }

    /** Tables with the same number of columns in the same storage go into one query. */
    private static List<List<List<EncryptedColumn>>> queries(
            Map<EncryptedTable, List<EncryptedColumn>> tables, Set<EncryptedTable> ordinary) {
        Map<List<Storage>, List<List<EncryptedColumn>>> open = new LinkedHashMap<>();
        List<List<List<EncryptedColumn>>> queries = new ArrayList<>();
        tables.forEach((table, columns) -> {
            if (ordinary.contains(table)) {
                List<Storage> shape = columns.stream()
                        .map(column -> column.attribute().storage())
                        .toList();
                List<List<EncryptedColumn>> query = open.computeIfAbsent(shape, unused -> new ArrayList<>());
                query.add(columns);
                if (query.size() * shape.size() >= COLUMNS_OF_A_QUERY) {
                    queries.add(query);
                    open.remove(shape);
                }
            }
        });
        queries.addAll(open.values());
        return queries;
    }
}
