package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.KeyId;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.internal.catalogue.EndValues;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables of a job. Whatever speaks against it is found here, before anything is written. */
final class JobPlan {

    private static final int SAMPLED_ROWS_OF_EACH_END = 1_000;
    private static final int SECONDS_FOR_A_SAMPLE = 60;

    private final DatabaseKind database;
    private final List<TableShape> tables;

    private JobPlan(DatabaseKind database, List<TableShape> tables) {
        this.database = database;
        this.tables = tables;
    }

    static JobPlan of(
            JobConnection connection, DatabaseKind database, EncryptedColumns columns, List<Selection> selections)
            throws SQLException {
        return of(connection, database, columns, selections, column -> true);
    }

    /** @param which of the selected columns */
    static JobPlan of(
            JobConnection connection,
            DatabaseKind database,
            EncryptedColumns columns,
            List<Selection> selections,
            Predicate<EncryptedColumn> which)
            throws SQLException {
        List<TableShape> shapes = new ArrayList<>();
        for (List<EncryptedColumn> ofTable :
                selected(columns, selections, which).values()) {
            shapes.add(TableShape.read(
                    connection,
                    database,
                    ofTable,
                    columns.byTable().getOrDefault(ofTable.get(0).table(), ofTable)));
        }
        connection.rollback();
        return new JobPlan(database, shapes);
    }

    private static Map<EncryptedTable, List<EncryptedColumn>> selected(
            EncryptedColumns columns, List<Selection> selections, Predicate<EncryptedColumn> which) {
        for (Selection selection : selections) {
            if (columns.all().stream().noneMatch(selection::includes)) {
                throw new ReencryptionException("There is no encrypted attribute " + selection + ". There are: "
                        + String.join(
                                ", ",
                                columns.all().stream()
                                        .map(column -> column.entity() + "." + column.path())
                                        .toList()));
            }
        }
        Map<EncryptedTable, List<EncryptedColumn>> byTable = new LinkedHashMap<>();
        columns.byTable().forEach((table, ofTable) -> {
            List<EncryptedColumn> kept = ofTable.stream()
                    .filter(which)
                    .filter(column ->
                            selections.isEmpty() || selections.stream().anyMatch(one -> one.includes(column)))
                    .toList();
            if (!kept.isEmpty()) {
                byTable.put(table, kept);
            }
        });
        return byTable;
    }

    List<TableShape> tables() {
        return tables;
    }

    List<EncryptedColumn> columns() {
        return tables.stream().flatMap(shape -> shape.columns().stream()).toList();
    }

    DatabaseKind database() {
        return database;
    }

    void refuseUnreadableValues() {
        refuse(tables.stream().flatMap(shape -> shape.valueObstacles().stream()).toList());
    }

    void refuseUnsupportedKeys() {
        List<String> obstacles = new ArrayList<>();
        for (TableShape shape : tables) {
            if (shape.keyObstacle() != null) {
                obstacles.add(shape.keyObstacle());
            }
        }
        if (!obstacles.isEmpty()) {
            obstacles.add("To rewrite the other tables, name their entities with Reencryption.only(…) or"
                    + " --cipherfield.job.only=…. Verify and census look at all tables.");
        }
        refuse(obstacles);
    }

    /** A copy finds its rows by their key alone. */
    void refuseMovingRows() {
        refuse(tables.stream()
                .filter(shape -> shape.keyObstacle() == null && shape.moves())
                .map(shape -> shape.table()
                        + " has no primary key that stays as it is, by which alone a copy finds its rows.")
                .toList());
    }

    /** A run would encrypt what the application goes on writing in clear, and the other way round. */
    void refuseForPlaintext(Mode mode) {
        List<String> obstacles = new ArrayList<>();
        for (TableShape shape : tables) {
            if (mode == Mode.DECRYPT_ALL && shape.moves()) {
                // A row that moves cannot be read back before the commit, and its ciphertext would be gone.
                shape.paddedColumns()
                        .forEach(
                                column -> obstacles.add(
                                        "\n    " + column
                                                + " has a fixed length, and would cut or pad values in clear. Make it a varchar or a varbinary first."));
            }
            for (EncryptedColumn column : shape.columns()) {
                EncryptedAttribute attribute = column.attribute();
                if ((mode == Mode.RUN || mode.copies()) && attribute.plaintextWritten()) {
                    obstacles.add("\n    " + column + " is written in clear (plaintext=prepare).");
                } else if (mode == Mode.DECRYPT_ALL && !attribute.plaintextPossible()) {
                    obstacles.add("\n    " + column + " cannot go back: a plain column of "
                            + attribute.javaType().getTypeName() + " has another kind than this one of ciphertext.");
                } else if (mode == Mode.DECRYPT_ALL && !attribute.plaintextWritten()) {
                    obstacles.add("\n    " + column + " is written encrypted: plaintext=prepare is not on for it.");
                }
            }
        }
        if (!obstacles.isEmpty()) {
            obstacles.add(
                    mode != Mode.DECRYPT_ALL
                            ? "\nSet " + Setting.PLAINTEXT.property() + "=allow, on every instance, before these are"
                                    + " encrypted; or keep the job to others with Reencryption.only(…) or --cipherfield.job.only=…."
                            : "\nSet " + Setting.PLAINTEXT.property() + "=prepare, on every instance, before these are"
                                    + " decrypted; and keep the job to those that can go back with Reencryption.only(…) or --cipherfield.job.only=Entity.attribute,….");
        }
        refuse(obstacles);
    }

    private static void refuse(List<String> obstacles) {
        if (!obstacles.isEmpty()) {
            throw new ReencryptionException(
                    ("Nothing was written. " + String.join(" ", obstacles)).replace(" \n", "\n"));
        }
    }

    /**
     * A key that the ring lacks fails each of its values, and whoever forgot it wants to know that now. It counts as missing
     * if two sampled values name it, or all: a single one beside others may be a damaged header, and where plaintext is allowed a single
     * one may be plaintext that starts like ciphertext, as may be a value of a reader that owns what bears no mark: these the job reports. Whoever
     * says how many values may fail is taken at the word.
     *
     * @param maxFailures null if nobody said so
     * @param left do not count
     */
    void refuseMissingKeys(JobConnection connection, @Nullable Long maxFailures, LeftBefore left) throws SQLException {
        List<String> found = new ArrayList<>();
        Set<String> missing = new TreeSet<>();
        for (TableShape shape : tables) {
            for (HeaderSample sample : HeaderSample.take(
                    connection.get(), database, shape.columns(), SAMPLED_ROWS_OF_EACH_END, SECONDS_FOR_A_SAMPLE)) {
                for (KeyId key : sample.unknownKeys().keySet()) {
                    if (isMissing(sample, key, maxFailures, 0)
                            && isMissing(sample, key, maxFailures, count(connection, sample.column(), key, left))) {
                        found.add("\n    " + sample.column() + ": key " + key);
                        missing.add(key.toString());
                    }
                }
            }
            connection.rollback();
        }
        if (!missing.isEmpty()) {
            throw new ConfigurationException(
                    "The job was not started: values need keys that are not in the ring:" + String.join("", found),
                    "Add " + (missing.size() == 1 ? "key " : "keys ") + String.join(", ", missing) + " to "
                            + Setting.DECRYPT_ONLY_KEYS.environmentVariable() + " ("
                            + Setting.DECRYPT_ONLY_KEYS.property()
                            + ") and run the job again. Nothing was written. If a key is lost for good, say how many values may"
                            + " fail in the whole run: maxFailures(n), --cipherfield.job.max-failures=n. They stay as they are.");
        }
    }

    /** How many of the sampled values of a key were left by runs before. */
    private int count(JobConnection connection, EncryptedColumn column, KeyId key, LeftBefore left)
            throws SQLException {
        AtomicInteger count = new AtomicInteger();
        if (left.hasSome(column)) {
            EndValues.read(
                    connection.get(), database, column, SAMPLED_ROWS_OF_EACH_END, SECONDS_FOR_A_SAMPLE, stored -> {
                        CiphertextHeader header = StoredForm.header(stored);
                        if (header != null && header.keyId().equals(key) && left.includes(column, stored)) {
                            count.incrementAndGet();
                        }
                    });
        }
        return count.get();
    }

    /** @param left how many of the values were left before, and do not count */
    private static boolean isMissing(HeaderSample sample, KeyId key, @Nullable Long maxFailures, int left) {
        // A row of a small table is seen from both ends.
        int twoValuesSeenTwice = 4;
        int times = sample.unknownKeys().getOrDefault(key, 0) - left;
        if (times <= 0) {
            return false;
        }
        if (maxFailures != null) {
            return (times + 1) / 2 > maxFailures;
        }
        boolean all = times == sample.ciphertexts() - left;
        return times >= twoValuesSeenTwice || (all && !mayBeALookalike(sample));
    }

    /** Where the owner tells its values, one that starts like a ciphertext is damaged if it is the owner's: of an owner that has no values there, there is none. */
    private static boolean mayBeALookalike(HeaderSample sample) {
        EncryptedAttribute attribute = sample.column().attribute();
        LegacyReader owner = attribute.legacyOwner();
        return attribute.plaintextAllowed()
                || (owner != null
                        && (!attribute.tellsLookalikes()
                                || sample.legacyValues().containsKey(owner.name())));
    }
}
