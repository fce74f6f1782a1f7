package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;

/** Where a job writes down how far it is, in the transaction of each page. Thread-safe; each part has one worker at a time. */
interface Ledger {

    /** For jobs that write nothing. */
    Ledger NONE = new Ledger() {
        @Override
        public void write(JobConnection connection, Part part, PageJob.Done page) {}

        @Override
        public void committed(Part part) {}

        @Override
        public boolean holds(JobConnection connection, Part part) {
            return false;
        }
    };

    /** The last thing before the page's commit. */
    void write(JobConnection connection, Part part, PageJob.Done page) throws SQLException;

    /** The page that was written last holds. */
    void committed(Part part);

    /** Whether the page that was written last was committed after all, when the connection was lost and nobody heard of it. */
    boolean holds(JobConnection connection, Part part) throws SQLException;
}
