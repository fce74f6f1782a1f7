package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldException;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.journal.DataSet;
import io.cipherfield.hibernate.internal.journal.Journal;
import io.cipherfield.hibernate.internal.journal.Quarantined;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plaintext that starts like a ciphertext, or like a marked value of a legacy reader, and that a person has said is plaintext: each value by its place, and
 * only as it was when a run left it there. A value that somebody can read is never taken for plaintext, whoever says so. Thread-safe.
 */
final class Acceptance {

    private static final String ROW = ", row ";

    private final Fingerprints fingerprints;
    private final List<EncryptedColumn> all;
    private final Map<String, String> accepted;

    private Acceptance(Fingerprints fingerprints, List<EncryptedColumn> all, Map<String, String> accepted) {
        this.fingerprints = fingerprints;
        this.all = all;
        this.accepted = accepted;
    }

    /**
     * @param places each as a report names it: {@code patient.note, row 7}
     * @param all the columns of the factory, one of which may have lost a ciphertext to a place
     * @throws ReencryptionException if a place is none, no run left a value there, or its attribute takes no plaintext
     */
    static Acceptance of(
            List<String> places,
            JobPlan plan,
            List<EncryptedColumn> all,
            Fingerprints fingerprints,
            Journal journal,
            DataSet data,
            JobConnection connection)
            throws SQLException {
        Map<String, String> accepted = new HashMap<>();
        for (String place : places) {
            Quarantined value = value(place, plan, journal, data, connection);
            if (value.fingerprint() == null) {
                throw refusal(
                        place,
                        "the job could read the value there, or it changed after a run had left it. Run the job again"
                                + " without this place, look at what it reports, and accept the value then");
            }
            accepted.put(place(value.table(), value.column(), value.key()), value.fingerprint());
        }
        return new Acceptance(fingerprints, all, accepted);
    }

    private static Quarantined value(
            String place, JobPlan plan, Journal journal, DataSet data, JobConnection connection) throws SQLException {
        boolean known = false;
        for (EncryptedColumn column : plan.columns()) {
            String start = place(column.table().name(), column.name(), "");
            if (!place.startsWith(start)) {
                continue;
            }
            known = true;
            if (!column.attribute().plaintextAllowed()) {
                throw refusal(
                        place,
                        "plaintext is not allowed for " + column + ". Set " + Setting.PLAINTEXT.property()
                                + "=allow, or plaintext = ALLOW at the attribute");
            }
            String key = place.substring(start.length());
            for (Quarantined value :
                    journal.quarantined(connection.get(), data, column.table().name(), column.name())) {
                if (key.equals(value.key()) || key.equals(value.key() + ", key " + value.keyId())) {
                    return value;
                }
            }
        }
        throw known
                ? refusal(
                        place,
                        "no run has left a value there, or a later one found it in order. The table cipherfield_quarantine"
                                + " (table_name, column_name, row_key) has those that are left")
                : refusal(
                        place,
                        "that names no encrypted column of this job. A place is written as in the report: table.column"
                                + ROW
                                + "key; with several persistence units, keep the job to one with --cipherfield.job.only");
    }

    private static ReencryptionException refusal(String place, String reason) {
        return new ReencryptionException(
                "Nothing was written. The value at " + place + " cannot be accepted as plaintext: " + reason + ".");
    }

    private static String place(String table, String column, String key) {
        return table + "." + column + ROW + key;
    }

    String fingerprint(Object stored) {
        return fingerprints.of(stored);
    }

    boolean names(EncryptedColumn column, String key) {
        return !accepted.isEmpty() && accepted.containsKey(place(column.table().name(), column.name(), key));
    }

    /**
     * Why a value that could not be read stays as it is, although a person named its place.
     *
     * @return null if it is plaintext
     */
    @Nullable
    String obstacle(EncryptedColumn column, String key, Object stored) {
        String fingerprint = accepted.get(place(column.table().name(), column.name(), key));
        if (fingerprint == null || !fingerprints.matches(fingerprint, stored)) {
            return "It is another value than the one that was accepted as plaintext. Run the job again without that, and look at it.";
        }
        if (reads(column.attribute(), stored)) {
            return "It was accepted as plaintext, but it can be read, so that it is none.";
        }
        for (EncryptedColumn other : all) {
            if (StoredForm.header(stored) != null
                    && !other.attribute().context().equals(column.attribute().context())
                    && reads(other.attribute(), stored)) {
                return "It was accepted as plaintext, but it is a ciphertext of " + other.entity() + "." + other.path()
                        + ".";
            }
        }
        return null;
    }

    private static boolean reads(EncryptedAttribute attribute, Object stored) {
        try {
            if (attribute.header(stored) == null) {
                attribute.decrypt(stored);
            } else {
                attribute.encryptor().decrypt(StoredForm.ciphertext(stored));
            }
            return true;
        } catch (EncryptedAttributeException | CipherfieldException e) {
            return false;
        }
    }
}
