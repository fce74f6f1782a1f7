package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;

/** Makes the one that decides of the values of a table. */
interface Deciders {
    Decider of(JobConnection connection, TableShape shape) throws SQLException;
}
