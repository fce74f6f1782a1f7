package io.cipherfield.hibernate.internal.journal;

/**
 * Another process has taken the run over, since this one did not renew its lease in time. The transaction that met it must be
 * rolled back; what was committed before counts, and the other process goes on from there.
 */
public final class LeaseLostException extends JournalException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String table, long token) {
        super("The run lost its lease (token " + token + " in table " + table
                + "): it did not renew it in time, and another process took the run over or began another. This page is"
                + " rolled back; nothing is lost. Let the other process finish.");
    }
}
