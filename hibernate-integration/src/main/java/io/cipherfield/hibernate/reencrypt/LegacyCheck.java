package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.legacy.LegacyReader;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a job does before it rewrites values of legacy readers that do not notice a wrong key: it decodes all of these once. A single one tells
 * little, since one in 256 passes a block cipher's padding by chance; all of them together do not. Each start looks anew at what is left, so
 * that a run that goes on is as safe as one that begins.
 *
 * @param readers by name
 */
record LegacyCheck(List<String> readers, @Nullable Long maxFailures) {

    /** Enough to see that it is not a few damaged values. */
    private static final long FAILURES_LOOKED_FOR = 100;

    private static final int FAILURES_NAMED = 10;

    static LegacyCheck of(JobPlan plan, JobSettings settings) {
        List<String> readers = plan.columns().stream()
                .flatMap(column -> column.attribute().legacyReaders().stream())
                .filter(reader -> !reader.authenticated())
                .map(LegacyReader::name)
                .distinct()
                .sorted()
                .toList();
        return new LegacyCheck(readers, settings.expectedFailures());
    }

    static boolean concerns(EncryptedColumn column) {
        return column.attribute().legacyReaders().stream().anyMatch(reader -> !reader.authenticated());
    }

    /** @param header of the value, as the attribute tells it */
    static boolean concerns(EncryptedAttribute attribute, Object stored, @Nullable CiphertextHeader header) {
        LegacyReader reader = attribute.legacyReader(stored, header);
        return reader != null && !reader.authenticated();
    }

    String announcement() {
        return "Before the first one is written, all values of " + text()
                + " are decoded: this format does not notice a wrong password or key, and lets garbage pass now and then.";
    }

    private String text() {
        return (readers.size() == 1 ? "the legacy reader " : "the legacy readers ") + String.join(", ", readers);
    }

    /** With more, it ends early. */
    long mostFailures() {
        return allowed() + FAILURES_LOOKED_FOR;
    }

    private long allowed() {
        return maxFailures == null ? 0 : maxFailures;
    }

    /** @throws ReencryptionException if values failed, and nobody said that so many may; or so many that it is no damage, whatever was said */
    void require(Report looked, DecodedValues counted) {
        List<String> garbled = counted.garbled();
        if (looked.failed() <= allowed() && !garbled.isEmpty()) {
            throw new ReencryptionException("Nothing was written. The legacy reader " + String.join(", ", garbled)
                    + " could not decode half of its values or more. That is no damage but a wrong password, algorithm or other"
                    + " setting, and what it did decode is garbage that passed by chance: maxFailures does not cover that. Correct the"
                    + " reader, then run the job again. If it is right, and a few plaintexts bear its mark, store these values anew by"
                    + " the application.");
        }
        if (looked.failed() <= allowed()) {
            return;
        }
        String found = looked.end() == Report.End.DONE ? "" : " The look ended there.";
        throw new ReencryptionException("Nothing was written. Of " + (looked.rewritten() + looked.failed())
                + " values of " + text() + ", " + looked.failed() + " could not be decoded." + found
                + " This format does not notice a wrong password or key, so that some of the others may be garbage too. Look at the"
                + " password, the algorithm and the other settings of the reader, then run the job again. If the settings are right"
                + " and these values are damaged, say how many may fail: maxFailures(n), --cipherfield.job.max-failures=n."
                + looked.failures().stream()
                        .limit(FAILURES_NAMED)
                        .map(failure -> "\n    " + failure)
                        .collect(Collectors.joining()));
    }
}
