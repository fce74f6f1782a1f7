package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the workers of one table share. Thread-safe. */
final class TableWork {

    private final TableShape shape;
    private final @Nullable PageJob pages;
    private final PageSize pageSize;
    private final ProgressMeter meter;
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
            JobConnection connection,
            DatabaseKind database,
            TableShape shape,
            Mode mode,
            Decider decider,
            @Nullable Copy copy)
            throws SQLException {
        List<String> setToThemselves =
                mode.writes() && database == DatabaseKind.MARIADB ? OnUpdateColumns.of(connection, shape) : List.of();
        RowWriter writer = RowWriter.NONE;
        if (mode == Mode.DECRYPT_ALL) {
            writer = RefusedValues.around(connection, database, shape, setToThemselves, decider);
        } else if (mode.writes()) {
            writer = RowWriter.of(connection, database, shape, setToThemselves);
        }
        return copy == null
                ? new PageJob(shape, PageReader.of(shape, database), writer, decider)
                : new PageJob(shape, new KeyReader(shape, database, copy.source()), writer, decider, copy);
    }

    /**
     * @param parts that are left of it
     * @param rows how many it has, or -1 if that is unknown; for the progress alone
     * @param rowsDone by earlier attempts
     */
    static TableWork of(
            JobConnection connection,
            DatabaseKind database,
            TableShape shape,
            Mode mode,
            Deciders deciders,
            JobSettings settings,
            int parts,
            long rows,
            long rowsDone)
            throws SQLException {
        return new TableWork(
                shape,
                shape.keyObstacle() == null
                        ? pages(connection, database, shape, mode, deciders.of(connection, shape), settings.copy())
                        : null,
                new PageSize(settings.pages()),
                new ProgressMeter(settings.listener(), shape.table().name(), rows, rowsDone),
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

    void partDone() {
        if (partsLeft.decrementAndGet() == 0) {
            meter.finish();
        }
    }
}
