package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import io.cipherfield.KeyId;
import io.cipherfield.Keyring;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Which keys the stored values need, counted from their headers alone. It speaks of what it looked at and when: backups, other
 * databases and columns of other applications are not part of it.
 */
public final class Census {

    private final Keyring keyring;
    private final List<CensusEntry> entries;
    private final int columns;
    private final int tables;
    private final Instant at;

    Census(Keyring keyring, List<CensusEntry> entries, int columns, int tables, Instant at) {
        this.keyring = keyring;
        this.entries = List.copyOf(entries);
        this.columns = columns;
        this.tables = tables;
        this.at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of several tenants, one after the other. */
    static Census of(List<Object> tenants, Function<Object, Census> jobs) {
        List<CensusEntry> entries = new ArrayList<>();
        List<Census> all = new ArrayList<>();
        for (Object tenant : tenants) {
            Census census = jobs.apply(tenant);
            all.add(census);
            census.entries.forEach(entry -> entries.add(new CensusEntry(
                    Tenants.name(tenant, entry.table()),
                    entry.column(),
                    entry.entity(),
                    entry.attribute(),
                    entry.kind(),
                    entry.keyId(),
                    entry.suite(),
                    entry.count())));
        }
        return new Census(
                all.get(0).keyring,
                entries,
                all.stream().mapToInt(Census::columns).sum(),
                all.stream().mapToInt(Census::tables).sum(),
                all.get(0).at);
    }

    /** By column, then by form. */
    public List<CensusEntry> entries() {
        return entries;
    }

    /** How many columns were looked at. */
    public int columns() {
        return columns;
    }

    /** How many tables were looked at. */
    public int tables() {
        return tables;
    }

    /** When counting began. */
    public Instant at() {
        return at;
    }

    /** How many values need this key. */
    public long remaining(KeyId keyId) {
        return entries.stream()
                .filter(entry -> keyId.equals(entry.keyId()))
                .mapToLong(CensusEntry::count)
                .sum();
    }

    /** How many values are not encrypted. */
    public long plaintexts() {
        return entries.stream()
                .filter(entry -> entry.kind() == CensusEntry.Kind.PLAINTEXT)
                .mapToLong(CensusEntry::count)
                .sum();
    }

    /** How many values are encrypted, under any key. */
    public long ciphertexts() {
        return entries.stream()
                .filter(entry -> entry.kind() == CensusEntry.Kind.CIPHERTEXT)
                .mapToLong(CensusEntry::count)
                .sum();
    }

    /** Lines for a terminal: the entries, then what they say of each key that only decrypts, and of all together where some are in clear. */
    public String toText() {
        Function<String, String> entityNames = ShortNames.of(
                entries.stream().map(CensusEntry::entity).distinct().toList());
        TextTable table = new TextTable("column", "attribute", "stored as", "key", ">values");
        for (CensusEntry entry : entries) {
            table.row(
                    entry.table() + "." + entry.column(),
                    entityNames.apply(entry.entity()) + "." + entry.attribute(),
                    entry.suite() == null
                            ? entry.kind().name().toLowerCase(Locale.ROOT)
                            : entry.suite().label(),
                    entry.keyId() == null ? "" : keyText(entry.keyId()),
                    entry.count());
        }
        StringBuilder text = new StringBuilder(table.toText());
        List<CipherKey> decryptOnly = keyring.keys().subList(1, keyring.keys().size());
        for (CipherKey key : decryptOnly) {
            text.append(found("key " + key.id(), remaining(key.id())));
        }
        if (plaintexts() > 0) {
            text.append(found("in clear", plaintexts())).append(found("encrypted", ciphertexts()));
        }
        return text.toString();
    }

    private String found(String what, long count) {
        return what + ": " + (count == 0 ? "none" : counted(count, "value")) + " found in " + counted(columns, "column")
                + " of " + counted(tables, "table") + " at " + at + "\n";
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private String keyText(KeyId keyId) {
        if (keyring.primary().id().equals(keyId)) {
            return keyId + " encrypts";
        }
        return keyring.find(keyId) == null ? keyId + " missing" : keyId + " decrypts";
    }
}
