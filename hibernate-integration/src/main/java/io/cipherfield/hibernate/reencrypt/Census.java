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

/**
 * Which keys the stored values need, counted from their headers alone. It speaks of what it looked at and when: backups, other
 * databases and columns of other applications are not part of it, and what it knows that it could not see it says. Immutable.
 */
public final class Census {

    private final Keyring keyring;
    private final List<CensusEntry> entries;
    private final Doors doors;
    private final int columns;
    private final int tables;
    private final List<String> notSeen;
    private final boolean rowsHidden;
    private final Instant at;

    Census(
            Keyring keyring,
            List<CensusEntry> entries,
            Doors doors,
            int columns,
            int tables,
            List<String> notSeen,
            boolean rowsHidden,
            Instant at) {
        this.keyring = keyring;
        this.entries = List.copyOf(entries);
        this.doors = doors;
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
                all.get(0).doors,
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

    /** How many of the values that were seen only this legacy reader reads. */
    public long legacy(String reader) {
        return sum(entry -> reader.equals(entry.reader()));
    }

    /** How many values in attributes that this legacy reader owns start like a ciphertext of a key that is not in the ring: they may be the reader's. */
    long lookalikes(String reader) {
        return sum(entry -> isOfUnknownKey(entry) && doors.isOwner(reader, entry));
    }

    /** How many values in attributes that read plaintext start like a ciphertext of a key that is not in the ring: they may be plaintext. */
    long plaintextLookalikes() {
        return sum(entry -> isOfUnknownKey(entry) && doors.readsPlaintext(entry));
    }

    private boolean isOfUnknownKey(CensusEntry entry) {
        return entry.keyId() != null && keyring.find(entry.keyId()) == null;
    }

    /** How many values are encrypted in format 1, under any key. */
    public long ciphertexts() {
        return sum(entry -> entry.kind() == CensusEntry.Kind.CIPHERTEXT);
    }

    /** How many values have a form that new values do not have, plaintext and legacy formats among them. */
    public long outdated() {
        return sum(entry -> !entry.current());
    }

    /** How many values another system encrypted. */
    public long legacy() {
        return sum(entry -> entry.kind() == CensusEntry.Kind.LEGACY);
    }

    private long sum(Predicate<CensusEntry> which) {
        return entries.stream().filter(which).mapToLong(CensusEntry::count).sum();
    }

    /**
     * Lines for a terminal: the entries, what they say of each key that only decrypts, of plaintext and of each legacy reader, and what was not
     * seen.
     */
    public String toText() {
        return new CensusText(this).toText();
    }

    /** The last part of {@link #toText()}. */
    String keysText() {
        return new CensusText(this).keysText();
    }

    /** The same for programs: an object with {@code at}, {@code keys}, {@code readers}, {@code entries} and {@code notSeen}. */
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
        List<Map<String, Object>> readers = new ArrayList<>();
        for (String name : doors.readers().keySet()) {
            Map<String, Object> reader = new LinkedHashMap<>();
            reader.put("name", name);
            reader.put("values", legacy(name));
            reader.put("undecided", lookalikes(name));
            readers.add(reader);
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
            if (entry.reader() != null) {
                form.put("reader", entry.reader());
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
        census.put("plaintextRead", doors.plaintext());
        census.put("plaintexts", plaintexts());
        census.put("plaintextsUndecided", plaintextLookalikes());
        census.put("readers", readers);
        census.put("outdated", outdated());
        census.put("rowsHidden", rowsHidden);
        census.put("notSeen", notSeen);
        census.put("entries", forms);
        return census;
    }

    static String storedAs(CensusEntry entry) {
        if (entry.reader() != null) {
            return "legacy";
        }
        return entry.suite() == null
                ? entry.kind().name().toLowerCase(Locale.ROOT)
                : entry.suite().label();
    }

    Keyring keyring() {
        return keyring;
    }

    Doors doors() {
        return doors;
    }

    /** What the ring does with a key. */
    String use(KeyId keyId) {
        if (keyring.primary().id().equals(keyId)) {
            return "encrypts";
        }
        return keyring.find(keyId) == null ? "missing" : "decrypts";
    }
}
