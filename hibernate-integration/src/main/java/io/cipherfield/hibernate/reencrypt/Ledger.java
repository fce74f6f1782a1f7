package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.List;

/** Where a job writes down how far it is, in the transaction of each page. */
interface Ledger {

    /** For jobs that write nothing. */
    Ledger NONE = new Ledger() {
        @Override
        public void write(JobConnection connection, Part part, List<Row> page) {}

        @Override
        public boolean holds(JobConnection connection, Part part, List<Row> page) {
            return false;
        }
    };

    /** @param page the rows with what became of them; none if the part is at its end */
    void write(JobConnection connection, Part part, List<Row> page) throws SQLException;

    /** Whether a page was committed of which nobody heard, since the connection was lost. */
    boolean holds(JobConnection connection, Part part, List<Row> page) throws SQLException;
}
