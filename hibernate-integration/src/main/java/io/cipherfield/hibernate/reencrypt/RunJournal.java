package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.KeyId;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.internal.journal.Lease;
import io.cipherfield.hibernate.internal.journal.PlannedRange;
import io.cipherfield.hibernate.internal.journal.Quarantined;
import io.cipherfield.hibernate.internal.journal.RangeProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ledger of a run that goes on where it was, whatever ended it: the pages of a lease. Thread-safe. */
final class RunJournal implements Ledger {

    private static final String BOUND = "=";

    private final Lease lease;
    private final Map<Part, RangeProgress> committed = new ConcurrentHashMap<>();
    private final Map<Part, RangeProgress> written = new ConcurrentHashMap<>();

    RunJournal(Lease lease) {
        this.lease = lease;
    }

    /** What the ranges are: those of an earlier attempt, or those that are planned now, once for all attempts. */
    List<RangeProgress> ranges(JobConnection connection, Plan plan) throws SQLException {
        List<RangeProgress> ranges = lease.ranges(connection.get());
        if (!ranges.isEmpty()) {
            return ranges;
        }
        lease.plan(connection.get(), plan.ranges());
        return lease.ranges(connection.get());
    }

    interface Plan {
        List<PlannedRange> ranges() throws SQLException;
    }

    static PlannedRange planned(TableShape shape, KeyRange range) {
        return new PlannedRange(
                shape.table().name(),
                range.after() == null ? null : bound(range.after(), shape.key()),
                range.upTo() == null ? null : bound(range.upTo(), shape.key()));
    }

    /** With a sign in front, since a key may be an empty text, which some databases take for null. */
    private static String bound(KeyValue value, List<KeyColumn> key) {
        return BOUND + value.encode(key);
    }

    private static KeyValue bound(String text, List<KeyColumn> key) {
        return KeyValue.decode(text.substring(BOUND.length()), key);
    }

    Part part(TableWork table, RangeProgress progress) {
        List<KeyColumn> key = table.shape().key();
        PlannedRange range = progress.range();
        String reached = progress.reached();
        Part part = new Part(
                table,
                new KeyRange(
                        range.after() == null ? null : bound(range.after(), key),
                        range.upTo() == null ? null : bound(range.upTo(), key)),
                reached == null ? Position.START : Position.decode(reached, key));
        committed.put(part, progress);
        return part;
    }

    @Override
    public void write(JobConnection connection, Part part, PageJob.Done page) throws SQLException {
        List<KeyColumn> key = part.table().shape().key();
        List<Quarantined> failures = new ArrayList<>();
        Row.forEachFailure(page.rows(), (failure, fingerprint) -> failures.add(quarantined(failure, fingerprint)));
        if (!failures.isEmpty()) {
            lease.quarantine(connection.get(), failures);
        }
        Position next = page.next();
        RangeProgress before = committed.get(part);
        if (before == null) {
            throw new IllegalStateException("A part that is no range of this run");
        }
        written.put(
                part,
                lease.advance(
                        connection.get(),
                        before,
                        next == null ? null : next.encode(key),
                        next == null,
                        Tally.counts(page.rows(), part.table().shape().columns().size())));
    }

    private static Quarantined quarantined(FailedValue failure, @Nullable String fingerprint) {
        return new Quarantined(
                failure.table(),
                failure.key(),
                failure.column(),
                failure.keyId() == null ? null : failure.keyId().toString(),
                failure.reason(),
                fingerprint);
    }

    @Override
    public void committed(Part part) {
        RangeProgress now = written.remove(part);
        if (now != null) {
            committed.put(part, now);
        }
    }

    @Override
    public boolean holds(JobConnection connection, Part part) throws SQLException {
        RangeProgress hoped = written.get(part);
        if (hoped == null || lease.range(connection.get(), hoped.id()).pages() != hoped.pages()) {
            return false;
        }
        committed(part);
        return true;
    }

    /** Ends the run, or lets another attempt go on with it at once. */
    void end(JobConnection connection, boolean allDone, List<TableShape> tables) throws SQLException {
        if (allDone) {
            Map<String, List<String>> columns = new LinkedHashMap<>();
            tables.forEach(shape -> columns.computeIfAbsent(shape.table().name(), table -> new ArrayList<>())
                    .addAll(shape.columns().stream().map(EncryptedColumn::name).toList()));
            lease.finish(connection.get(), columns);
        } else {
            lease.release(connection.get());
        }
    }

    /** Over all attempts. */
    Counts counts(JobConnection connection) throws SQLException {
        return lease.ranges(connection.get()).stream()
                .map(RangeProgress::counts)
                .reduce(Counts.NONE, Counts::plus);
    }

    /** Over all attempts. */
    List<FailedValue> failures(JobConnection connection, int limit) throws SQLException {
        return lease.quarantined(connection.get(), limit).stream()
                .map(value -> new FailedValue(
                        value.table(),
                        value.column(),
                        value.key(),
                        value.keyId() == null ? null : new KeyId(Integer.parseUnsignedInt(value.keyId(), 16)),
                        value.reason()))
                .toList();
    }
}
