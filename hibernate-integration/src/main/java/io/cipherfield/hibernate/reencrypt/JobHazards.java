package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.hazard.Hazard;
import io.cipherfield.hibernate.internal.hazard.TableHazards;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the databases' catalogue says against rewriting the tables of a job, and what keeps it from seeing all of their rows. */
record JobHazards(List<Hazard> all) {

    private static final Map<Hazard.Kind, String> WHAT_TO_DO = Map.of(
            Hazard.Kind.TRIGGER,
            "Each row that the job rewrites would fire these, as if the application had changed its values. Look at what they do, and start the"
                    + " job with allowTriggers() (" + JobProperties.ALLOW_TRIGGERS
                    + "=true) if they may, or switch them off for its time.",
            Hazard.Kind.HISTORY,
            "Each row that the job rewrites would leave its old version in the history, which grows by the table's size and still needs the"
                    + " old key. Start the job with allowVersionedHistory() (" + JobProperties.ALLOW_VERSIONED_HISTORY
                    + "=true) if it may, and keep the old key until that history is deleted.",
            Hazard.Kind.REFUSES_UPDATES,
            "No update of these would succeed.");

    static JobHazards find(JobConnection connection, DatabaseKind database, Collection<List<EncryptedColumn>> tables)
            throws SQLException {
        List<Hazard> found = new ArrayList<>();
        for (List<EncryptedColumn> columns : tables) {
            found.addAll(TableHazards.find(connection.get(), database, columns));
        }
        connection.rollback();
        return new JobHazards(List.copyOf(found));
    }

    /** @throws ReencryptionException for a job that is about to write, unless all of its hazards are allowed */
    void refuse(Set<Hazard.Kind> allowed) {
        List<String> refused = new ArrayList<>();
        for (Hazard.Kind kind : Hazard.Kind.values()) {
            List<Hazard> ofKind = of(kind);
            if (!ofKind.isEmpty() && WHAT_TO_DO.containsKey(kind) && !allowed.contains(kind)) {
                refused.add(lines(ofKind) + "\n" + WHAT_TO_DO.get(kind));
            }
        }
        if (!refused.isEmpty()) {
            throw new ReencryptionException("Nothing was written. Before the job may start, something is to be decided:"
                    + String.join("", refused));
        }
    }

    /**
     * For tables whose rows move, and are stored in clear.
     *
     * @throws ReencryptionException if a trigger could alter a value, allowed or not
     */
    void refuseUnseenChanges() {
        List<Hazard> triggers = of(Hazard.Kind.TRIGGER);
        if (!triggers.isEmpty()) {
            throw new ReencryptionException(
                    "Nothing was written. Rows of a table without a key that stays cannot be read back before"
                            + " the commit, so that nobody would see if one of these altered a value in clear, and its ciphertext would be gone:"
                            + lines(triggers)
                            + "\nSwitch them off for the job's time, or keep the job to other attributes with Reencryption.only(…) or"
                            + " --cipherfield.job.only=Entity.attribute,….");
        }
    }

    private List<Hazard> of(Hazard.Kind kind) {
        return all.stream().filter(hazard -> hazard.kind() == kind).toList();
    }

    private static String lines(List<Hazard> hazards) {
        return hazards.stream().map(hazard -> "\n    " + hazard).collect(Collectors.joining());
    }

    /** All of them, for whoever watches the job. */
    List<String> notices() {
        return all.stream().map(Hazard::toString).distinct().toList();
    }

    /** Where values may be that no census counts. */
    List<String> notSeen() {
        return all.stream()
                .filter(hazard -> switch (hazard.kind()) {
                    case HISTORY, HIDES_ROWS, NOT_A_TABLE -> true;
                    case TRIGGER, REFUSES_UPDATES, NOTICE -> false;
                })
                .map(Hazard::toString)
                .distinct()
                .toList();
    }

    boolean hideRows() {
        return !of(Hazard.Kind.HIDES_ROWS).isEmpty();
    }
}
