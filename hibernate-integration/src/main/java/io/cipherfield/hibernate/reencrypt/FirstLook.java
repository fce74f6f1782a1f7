package io.cipherfield.hibernate.reencrypt;

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
 * would be lost, since each value would fail; but whoever has given one wants to know that now. Readers that do not notice get a {@link LegacyCheck}.
 */
final class FirstLook {

    private static final int ROWS_OF_EACH_END = 1_000;
    private static final int SECONDS_FOR_A_TABLE = 60;

    /** A row of a small table is seen from both ends; a single value may be damaged. */
    private static final int TWO_VALUES_SEEN_TWICE = 4;

    private final JobPlan plan;
    private final DecodedSample.Source source;
    private final @Nullable Long maxFailures;

    FirstLook(JobPlan plan, JobSettings settings) {
        Copy copy = settings.copy();
        this.plan = plan;
        this.source = copy == null ? DecodedSample.COLUMN : new OfCopy(copy.source());
        this.maxFailures = settings.expectedFailures();
    }

    /** @throws ReencryptionException if a reader decodes none of its values in a column, or more fail than may */
    void require(JobConnection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (TableShape shape : plan.tables()) {
            List<EncryptedColumn> columns =
                    shape.columns().stream().filter(FirstLook::concerns).toList();
            if (columns.isEmpty()) {
                continue;
            }
            for (DecodedSample sample : DecodedSample.take(
                    connection.get(),
                    plan.database(),
                    columns,
                    source,
                    LegacyReader::authenticated,
                    ROWS_OF_EACH_END,
                    SECONDS_FOR_A_TABLE)) {
                for (Map.Entry<String, DecodedSample.OfReader> reader :
                        sample.readers().entrySet()) {
                    if (isWrong(reader.getValue())) {
                        found.add("\n    " + sample.column() + ": " + text(reader.getKey(), reader.getValue()));
                    }
                }
            }
            connection.rollback();
        }
        if (!found.isEmpty()) {
            throw new ReencryptionException(
                    "Nothing was written. Legacy readers could not decode values that were looked at first, some of"
                            + " both ends of each table:" + String.join("", found)
                            + "\nGive the reader the key or the secret of the system that wrote them (cipherfield.legacy.<type>.<name>.<option>,"
                            + " docs/legacy.md; of type fernet and redash all of them, by keys and secrets), then run the job again. If they are"
                            + " right and these values are damaged, say how many may fail: maxFailures(n), --cipherfield.job.max-failures=n.");
        }
    }

    private static boolean concerns(EncryptedColumn column) {
        return column.attribute().legacyReaders().stream().anyMatch(LegacyReader::authenticated);
    }

    private boolean isWrong(DecodedSample.OfReader reader) {
        if (maxFailures != null) {
            boolean allOfMany = reader.decoded() == 0 && reader.failed() >= ROWS_OF_EACH_END;
            return allOfMany || (reader.failed() + 1) / 2 > maxFailures;
        }
        return reader.decoded() == 0 && reader.failed() >= TWO_VALUES_SEEN_TWICE;
    }

    private static String text(String name, DecodedSample.OfReader reader) {
        return name
                + (reader.decoded() == 0 ? " decoded none of its values there" : " failed at some of its values there")
                + ", at one since: " + reader.failure();
    }

    private record OfCopy(CopySource from) implements DecodedSample.Source {

        @Override
        public String expression(EncryptedColumn column) {
            return from.column();
        }

        @Override
        public @Nullable Object read(EncryptedColumn column, ResultSet rows, int index) throws SQLException {
            Object read = from.read(rows, index);
            return read == null || !CopiedValues.canHoldLegacy(read.getClass()) ? null : CopiedValues.stored(read);
        }
    }
}
