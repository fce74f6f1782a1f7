package io.cipherfield.hibernate.internal.journal;

/** A column of the journal. All but the first of a table can be added to a table with rows in it. */
record JournalColumn(String name, Kind kind) {

    enum Kind {
        ID,
        HASH,
        NUMBER,
        /** Comparable on every database. */
        LABEL,
        TEXT,
        MOMENT
    }

    static JournalColumn id(String name) {
        return new JournalColumn(name, Kind.ID);
    }

    static JournalColumn hash(String name) {
        return new JournalColumn(name, Kind.HASH);
    }

    static JournalColumn number(String name) {
        return new JournalColumn(name, Kind.NUMBER);
    }

    static JournalColumn label(String name) {
        return new JournalColumn(name, Kind.LABEL);
    }

    static JournalColumn text(String name) {
        return new JournalColumn(name, Kind.TEXT);
    }

    static JournalColumn moment(String name) {
        return new JournalColumn(name, Kind.MOMENT);
    }

    String declaration(JournalSql sql) {
        return name + " " + sql.type(kind);
    }
}
