package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.DecodedSample;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.legacy.LegacyReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job does before it rewrites values of legacy readers that notice a wrong key: it decodes some from both ends of each table. With a wrong key nothing
 * would be lost, since each value would fail; but whoever has given one wants to know that now. One value that decodes proves the key. Readers that do
 * not notice get a {@link LegacyCheck}.
 */
final class FirstLook {

    private static final int ROWS_OF_EACH_END = 1_000;
    private static final int SECONDS_FOR_A_TABLE = 60;

    /** A single value may be damaged. */
    private static final int TOO_MANY_TO_BE_DAMAGED = 2;

    private final JobPlan plan;
    private final DecodedSample.Look look;
    private final @Nullable Long expected;

    /** @param left fail again, and tell nothing new */
    FirstLook(JobPlan plan, JobSettings settings, LeftBefore left) {
        Copy copy = settings.copy();
        this.plan = plan;
        this.expected = settings.expectedFailures();
        this.look = new DecodedSample.Look(
                copy == null ? DecodedSample.COLUMN : new OfCopy(copy.source()),
                LegacyReader::authenticated,
                expected == null,
                left::includes,
                ROWS_OF_EACH_END,
                SECONDS_FOR_A_TABLE);
    }

    /** @throws ReencryptionException if a reader decodes none of its values in a column, or more fail than may */
    void require(JobConnection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        long failed = 0;
        for (TableShape shape : plan.tables()) {
            List<EncryptedColumn> columns =
                    shape.columns().stream().filter(FirstLook::concerns).toList();
            if (columns.isEmpty()) {
                continue;
            }
            for (DecodedSample sample : DecodedSample.take(connection.get(), plan.database(), columns, look)) {
                for (Map.Entry<String, DecodedSample.OfReader> reader :
                        sample.readers().entrySet()) {
                    if (mayBeWrong(reader.getValue())) {
                        failed += reader.getValue().failed();
                        found.add("\n    " + sample.column() + ": " + text(reader.getKey(), reader.getValue()));
                    }
                }
            }
            connection.rollback();
        }
        if (failed > (expected == null ? 0 : expected)) {
            throw new ReencryptionException(
                    "Nothing was written. Legacy readers could not decode values that were looked at first, some of"
                            + " both ends of each table:" + String.join("", found) + waysOut(failed));
        }
    }

    private String waysOut(long failed) {
        return "\nGive the reader the key or the secret of the system that wrote them (cipherfield.legacy.<type>.<name>.<option>,"
                + " docs/legacy.md; of type fernet and redash all of them, by keys and secrets), then run the job again. If they are"
                + " right and these values are damaged, or their key is lost, "
                + (expected == null ? "" : "the " + expected + " that may fail are too few: ")
                + "say how many may fail in the whole run, at least " + failed
                + " as far as was looked: maxFailures(n), --cipherfield.job.max-failures=n. Such values stay as they are. To rewrite only"
                + " values under keys of the ring, and leave all of other systems alone, name these keys: from(keys),"
                + " --cipherfield.job.from=…; to leave these columns out, name the others: only(…), --cipherfield.job.only=…. A reader"
                + " whose values nobody needs can be taken out of @Encrypted(legacy = …), but only where plaintext is refused: where it is"
                + " allowed, its values would be encrypted as if they were plaintext.";
    }

    private static boolean concerns(EncryptedColumn column) {
        return column.attribute().legacyReaders().stream().anyMatch(LegacyReader::authenticated);
    }

    private boolean mayBeWrong(DecodedSample.OfReader reader) {
        return expected == null
                ? reader.decoded() == 0 && reader.failed() >= TOO_MANY_TO_BE_DAMAGED
                : reader.failed() > 0;
    }

    private static String text(String name, DecodedSample.OfReader reader) {
        return name
                + (reader.decoded() == 0 ? " decoded none of its values there" : " failed at some of its values there")
                + ", at one since: " + reader.failure();
    }

    private record OfCopy(CopySource from) implements DecodedSample.Source {

        @Override
        public String expression(DatabaseKind database, EncryptedColumn column) {
            return from.column();
        }

        @Override
        public @Nullable Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException {
            Object read = from.read(rows, index);
            return read == null || !CopiedValues.canHoldLegacy(read.getClass()) ? null : CopiedValues.stored(read);
        }
    }
}
