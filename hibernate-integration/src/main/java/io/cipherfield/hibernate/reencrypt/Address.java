package io.cipherfield.hibernate.reencrypt;

/** How the rows of a table are found again. */
enum Address {
    /**
     * The primary key, or on H2, for want of one that stays, {@code _rowid_}, which an update does not change. If an
     * encrypted column is part of the primary key, rewritten rows move.
     */
    KEY,
    /** PostgreSQL's {@code ctid}, which changes with each update of the row. */
    TID,
    /** The owner's columns and a digest of the encrypted values, which rows may share: MariaDB shows nothing else of a row without a key. */
    CONTENT
}
