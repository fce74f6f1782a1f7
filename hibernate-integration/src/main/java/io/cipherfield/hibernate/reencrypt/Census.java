package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import io.cipherfield.KeyId;
import io.cipherfield.Keyring;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which keys the stored values need, counted from their headers alone. It speaks of what it looked at and when: backups, other
 * databases and columns of other applications are not part of it, and what it knows that it could not see it says. Immutable.
 */
public final class Census {

    private final Keyring keyring;
    private final List<CensusEntry> entries;
    private final int columns;
    private final int tables;
    private final List<String> notSeen;
    private final boolean rowsHidden;
    private final Instant at;

    Census(
            Keyring keyring,
            List<CensusEntry> entries,
            int columns,
            int tables,
            List<String> notSeen,
            boolean rowsHidden,
            Instant at) {
        this.keyring = keyring;
        this.entries = List.copyOf(entries);
        this.columns = columns;
        this.tables = tables;
        this.notSeen = List.copyOf(notSeen);
        this.rowsHidden = rowsHidden;
        this.at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of several tenants, one after the other. */
    static Census of(List<Object> tenants, Function<Object, Census> jobs) {
        List<CensusEntry> entries = new ArrayList<>();
        List<Census> all = new ArrayList<>();
        List<String> notSeen = new ArrayList<>();
        for (Object tenant : tenants) {
            Census census = jobs.apply(tenant);
            all.add(census);
            census.notSeen.forEach(one -> notSeen.add(Tenants.name(tenant, one)));
            census.entries.forEach(entry -> entries.add(entry.of(tenant)));
        }
        return new Census(
                all.get(0).keyring,
                entries,
                all.stream().mapToInt(Census::columns).sum(),
                all.stream().mapToInt(Census::tables).sum(),
                notSeen,
                all.stream().anyMatch(Census::rowsHidden),
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

    /**
     * What may hold further values: tables with row-level security, with a history of old rows, or behind a view, and columns that the
     * job was not to look at. For a person to read; empty if all was seen.
     */
    public List<String> notSeen() {
        return notSeen;
    }

    /** Whether row-level security may hide current rows from the job's user. */
    public boolean rowsHidden() {
        return rowsHidden;
    }

    /** When counting began. */
    public Instant at() {
        return at;
    }

    /** How many of the values that were seen need this key. */
    public long remaining(KeyId keyId) {
        return sum(entry -> keyId.equals(entry.keyId()));
    }

    /** How many values are not encrypted. */
    public long plaintexts() {
        return sum(entry -> entry.kind() == CensusEntry.Kind.PLAINTEXT);
    }

    /** How many values are encrypted, under any key. */
    public long ciphertexts() {
        return sum(entry -> entry.kind() == CensusEntry.Kind.CIPHERTEXT);
    }

    /** How many values have a form that new values do not have, plaintext among them. */
    public long outdated() {
        return sum(entry -> !entry.current());
    }

    private long sum(Predicate<CensusEntry> which) {
        return entries.stream().filter(which).mapToLong(CensusEntry::count).sum();
    }

    /** Lines for a terminal: the entries, what they say of each key that only decrypts, and what was not seen. */
    public String toText() {
        Function<String, String> entityNames = ShortNames.of(
                entries.stream().map(CensusEntry::entity).distinct().toList());
        TextTable table = new TextTable("column", "attribute", "stored as", "key", ">values");
        for (CensusEntry entry : entries) {
            table.row(
                    entry.table() + "." + entry.column(),
                    entityNames.apply(entry.entity()) + "." + entry.attribute(),
                    storedAs(entry),
                    entry.keyId() == null ? "" : entry.keyId() + " " + use(entry.keyId()),
                    entry.count());
        }
        return table.toText() + keysText();
    }

    /** The last part of {@link #toText()}. */
    String keysText() {
        StringBuilder text = new StringBuilder();
        for (CipherKey key : decryptOnly()) {
            text.append(found("key " + key.id(), remaining(key.id())));
            whereItIsNeeded(key.id())
                    .forEach((column, count) -> text.append("    ")
                            .append(column)
                            .append(": ")
                            .append(count)
                            .append('\n'));
        }
        if (plaintexts() > 0) {
            text.append(found("in clear", plaintexts())).append(found("encrypted", ciphertexts()));
        }
        notSeen.forEach(one -> text.append("not seen: ").append(one).append('\n'));
        return text.toString();
    }

    /** It never speaks as if it had seen all where it has not. */
    private String found(String what, long count) {
        return what + ": " + (count == 0 ? "none" : counted(count, "value")) + " found in "
                + (notSeen.isEmpty() ? "" : "what could be seen of ") + counted(columns, "column") + " of "
                + counted(tables, "table") + " at " + at + "\n";
    }

    private List<CipherKey> decryptOnly() {
        return keyring.keys().subList(1, keyring.keys().size());
    }

    private Map<String, Long> whereItIsNeeded(KeyId keyId) {
        return entries.stream()
                .filter(entry -> keyId.equals(entry.keyId()))
                .collect(Collectors.groupingBy(
                        entry -> entry.table() + "." + entry.column(),
                        LinkedHashMap::new,
                        Collectors.summingLong(CensusEntry::count)));
    }

    /** The same for programs: an object with {@code at}, {@code keys}, {@code entries} and {@code notSeen}. */
    public String toJson() {
        return Json.of(toMap());
    }

    Map<String, Object> toMap() {
        List<Map<String, Object>> keys = new ArrayList<>();
        List<KeyId> ids =
                new ArrayList<>(keyring.keys().stream().map(CipherKey::id).toList());
        entries.stream()
                .map(CensusEntry::keyId)
                .filter(id -> id != null && !ids.contains(id))
                .forEach(ids::add);
        for (KeyId id : ids) {
            Map<String, Object> key = new LinkedHashMap<>();
            key.put("id", id.toString());
            key.put("use", use(id));
            key.put("values", remaining(id));
            keys.add(key);
        }
        List<Map<String, Object>> forms = new ArrayList<>();
        for (CensusEntry entry : entries) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("table", entry.table());
            form.put("column", entry.column());
            form.put("entity", entry.entity());
            form.put("attribute", entry.attribute());
            form.put("storedAs", storedAs(entry));
            if (entry.keyId() != null) {
                form.put("key", entry.keyId().toString());
            }
            form.put("current", entry.current());
            form.put("values", entry.count());
            forms.add(form);
        }
        Map<String, Object> census = new LinkedHashMap<>();
        census.put("at", at.toString());
        census.put("columns", columns);
        census.put("tables", tables);
        census.put("keys", keys);
        census.put("plaintexts", plaintexts());
        census.put("outdated", outdated());
        census.put("rowsHidden", rowsHidden);
        census.put("notSeen", notSeen);
        census.put("entries", forms);
        return census;
    }

    private static String storedAs(CensusEntry entry) {
        return entry.suite() == null
                ? entry.kind().name().toLowerCase(Locale.ROOT)
                : entry.suite().label();
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private String use(KeyId keyId) {
        if (keyring.primary().id().equals(keyId)) {
            return "encrypts";
        }
        return keyring.find(keyId) == null ? "missing" : "decrypts";
    }
}
