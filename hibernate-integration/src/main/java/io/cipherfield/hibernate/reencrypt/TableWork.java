package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the workers of one table share. Thread-safe. */
final class TableWork {

    private static final int SECONDS_FOR_COUNTING_ROWS = 30;

    private final TableShape shape;
    private final @Nullable PageJob pages;
    private final PageSize pageSize;
    private final ProgressMeter meter;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger partsLeft;

    /** @param pages null if no page can go by the table's key */
    TableWork(TableShape shape, @Nullable PageJob pages, PageSize pageSize, ProgressMeter meter, int parts) {
        this.shape = shape;
        this.pages = pages;
        this.pageSize = pageSize;
        this.meter = meter;
        this.partsLeft = new AtomicInteger(parts);
    }

    private static PageJob pages(
            JobConnection connection, DatabaseKind database, TableShape shape, Mode mode, JobSettings settings)
            throws SQLException {
        List<String> setToThemselves = mode.writes() && database == DatabaseKind.MARIADB
                ? OnUpdateColumns.of(connection, shape)
                : List.of();
        Decider decider = Decider.of(connection, database, shape, mode, settings.from());
        RowWriter writer = mode.writes() ? RowWriter.of(database, shape, setToThemselves) : RowWriter.NONE;
        if (mode == Mode.DECRYPT_ALL) {
            writer = new RefusedValues(shape, writer, decider);
        }
        return new PageJob(shape, new PageReader(shape, database), writer, decider);
    }

    /**
     * @param parts that are left of it
     * @param rowsDone by earlier attempts
     */
    static TableWork of(
            JobConnection connection,
            DatabaseKind database,
            TableShape shape,
            Mode mode,
            JobSettings settings,
            int parts,
            long rowsDone)
            throws SQLException {
        return new TableWork(
                shape,
                shape.keyObstacle() == null ? pages(connection, database, shape, mode, settings) : null,
                new PageSize(settings.pages()),
                new ProgressMeter(settings.listener(), shape.table().name(), -1, rowsDone),
                parts);
    }

    TableShape shape() {
        return shape;
    }

    @Nullable
    PageJob pages() {
        return pages;
    }

    PageSize pageSize() {
        return pageSize;
    }

    ProgressMeter meter() {
        return meter;
    }

    /** The first worker counts the rows, for the progress alone: a table that takes long to count goes without. */
    void begin(JobConnection connection) {
        if (begun.getAndSet(true)) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepare("select count(*) from " + shape.table().name())) {
            statement.setQueryTimeout(SECONDS_FOR_COUNTING_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                meter.total(rows.next() ? rows.getLong(1) : -1);
            }
            connection.rollback();
        } catch (SQLException e) {
            connection.rollbackQuietly();
        }
    }

    void partDone() {
        if (partsLeft.decrementAndGet() == 0) {
            meter.finish();
        }
    }
}
