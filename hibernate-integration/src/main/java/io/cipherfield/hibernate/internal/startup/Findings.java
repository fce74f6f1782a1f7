package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.ConfigurationException;
import io.cipherfield.KeyId;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import io.cipherfield.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the start-up check has found, and how it is said: a line for each column, then what to do. */
final class Findings {

    private final List<String> unreadable = new ArrayList<>();
    private final Set<KeyId> missingKeys = new LinkedHashSet<>();
    private final Set<String> owners = new LinkedHashSet<>();
    private final List<String> plaintext = new ArrayList<>();
    private final List<String> randomised = new ArrayList<>();
    private final List<String> textForms = new ArrayList<>();
    private final List<String> undecoded = new ArrayList<>();
    private final ColumnFindings columns = new ColumnFindings();

    void add(HeaderSample sample) {
        sample.undecoded()
                .forEach((reader, why) -> undecoded.add(sample.column() + ": " + reader + ", at one since: " + why));
        if (!sample.unknownKeys().isEmpty()) {
            missingKeys.addAll(sample.unknownKeys().keySet());
            unreadable.add(sample.column() + ": " + keys(sample.unknownKeys().keySet()));
            LegacyReader owner = sample.column().attribute().legacyOwner();
            if (owner != null) {
                owners.add(owner.name());
            }
        }
        if (sample.plaintexts() > 0 && !sample.column().attribute().plaintextAllowed()) {
            plaintext.add(sample.column() + unclaimed(sample.column()));
        }
        if (sample.randomised() > 0 && sample.column().attribute().deterministic()) {
            randomised.add(sample.column().toString());
        }
        if (sample.textForms() > 0 && sample.column().attribute().deterministic()) {
            textForms.add(sample.column().toString());
        }
    }

    private static String unclaimed(EncryptedColumn column) {
        List<LegacyReader> readers = column.attribute().legacyReaders();
        return readers.isEmpty()
                ? ""
                : ": nor claimed by " + readers.stream().map(LegacyReader::name).collect(Collectors.joining(", "));
    }

    void add(List<ColumnFinding> found) {
        columns.add(found);
    }

    boolean any() {
        return !unreadable.isEmpty()
                || !plaintext.isEmpty()
                || !randomised.isEmpty()
                || !textForms.isEmpty()
                || columns.any(true);
    }

    /** What stops no start, and is better otherwise; null if there is nothing. */
    @Nullable
    String advice() {
        List<String> advice = new ArrayList<>();
        if (!undecoded.isEmpty()) {
            advice.add(lines(
                    "Legacy readers that decoded none of the few values of theirs that were looked at:", undecoded));
            advice.add(
                    "Look at the key, the password and the other settings of the reader (docs/legacy.md): each read of such a value fails.");
        }
        if (columns.any(false)) {
            advice.add(lines("Columns of encrypted attributes that work, and could be better:", columns.lines(false)));
            if (!columns.statements(false).isEmpty()) {
                advice.add(statements(false));
            }
        }
        return advice.isEmpty() ? null : String.join("\n", advice);
    }

    ConfigurationException toException() {
        List<String> wrong = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        if (!unreadable.isEmpty()) {
            wrong.add(lines("The database holds values that no key in the ring can read:", unreadable));
            actions.add(
                    "Add " + keys(missingKeys) + " to " + named(Setting.DECRYPT_ONLY_KEYS) + "."
                            + (owners.isEmpty()
                                    ? ""
                                    : " If nobody has such a key, it is a value of the legacy reader "
                                            + String.join(", ", owners)
                                            + " that starts like a ciphertext by chance: its system has to write it again (docs/legacy.md)."));
        }
        if (!plaintext.isEmpty()) {
            wrong.add(lines("The database holds values that are not encrypted:", plaintext));
            actions.add("To read them until a mass re-encryption has encrypted them, set "
                    + Setting.PLAINTEXT.property() + "=allow (" + Setting.PLAINTEXT.environmentVariable()
                    + "). If another system encrypted them, name its reader in @Encrypted(legacy = \u2026).");
        }
        if (!randomised.isEmpty()) {
            wrong.add(lines(
                    "The database holds values that were written when their attribute was randomised: queries for them would"
                            + " not find them:",
                    randomised));
            actions.add("Run the re-encryption job, which makes them deterministic.");
        }
        if (!textForms.isEmpty()) {
            wrong.add(lines(
                    "The database holds text forms of deterministic values as bytes, from before the storage of their attribute was"
                            + " changed to BINARY: queries for them would not find them:",
                    textForms));
            actions.add("Run the re-encryption job, which writes them as bytes.");
        }
        if (columns.any(true)) {
            wrong.add(lines("The columns in the database do not fit their encrypted attributes:", columns.lines(true)));
            if (!columns.statements(true).isEmpty()) {
                actions.add(statements(true));
            }
        }
        actions.add("To start nevertheless, with errors for these values alone, set " + Setting.STARTUP_CHECK.property()
                + "=warn (" + Setting.STARTUP_CHECK.environmentVariable() + ").");
        return new ConfigurationException(String.join("\n", wrong), String.join("\n", actions));
    }

    private String statements(boolean errors) {
        return lines("Change the columns, with a backup at hand (docs/columns.md):", columns.statements(errors));
    }

    private static String lines(String heading, List<String> findings) {
        return heading + "\n    " + String.join("\n    ", findings);
    }

    private static String named(Setting setting) {
        return setting.environmentVariable() + " (" + setting.property() + ")";
    }

    private static String keys(Set<KeyId> ids) {
        return (ids.size() == 1 ? "key " : "keys ")
                + String.join(", ", ids.stream().map(KeyId::toString).toList());
    }
}
