package io.cipherfield.hibernate.internal.journal;

import java.time.Instant;
import java.util.Set;

/** Another process runs. */
public final class LeaseHeldException extends JournalException {

    private static final long serialVersionUID = 1L;

    private final String owner;
    private final transient Instant expires;

    LeaseHeldException(String table, String owner, Set<String> shared, Instant expires, Instant now) {
        super("A run is under way: " + owner + " holds the lease in table " + table + " until " + expires + " for "
                + String.join(", ", shared)
                + ", which this run is to go through, and renews it as long as it lives. By the database's clock it is "
                + now
                + ". Let it finish or stop it; if that process is dead, start again after the lease has expired.");
        this.owner = owner;
        this.expires = expires;
    }

    public String owner() {
        return owner;
    }

    /** By the database's clock. */
    public Instant expires() {
        return expires;
    }
}
