package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Storage;

/** An equality that holds for two nulls, and for text only if each character is the same, whatever the column's collation. */
enum NullSafe {
    DISTINCT_FROM(1) {
        @Override
        String condition(String column, Storage storage) {
            return column + " is not distinct from ?";
        }
    },
    POSTGRESQL(1) {
        @Override
        String condition(String column, Storage storage) {
            // Not by the column's collation, which may call different texts equal.
            return storage == Storage.TEXT
                    ? "cast(" + column + " as text) collate \"C\" is not distinct from ?"
                    : column + " is not distinct from ?";
        }
    },
    MARIADB(1) {
        @Override
        String condition(String column, Storage storage) {
            return storage == Storage.TEXT
                    ? "cast(convert(" + column
                            + " using utf8mb4) as binary) <=> cast(convert(? using utf8mb4) as binary)"
                    : column + " <=> ?";
        }
    },
    STANDARD(2) {
        @Override
        String condition(String column, Storage storage) {
            return "(" + column + " = ? or (" + column + " is null and ? is null))";
        }
    };

    private final int parameters;

    NullSafe(int parameters) {
        this.parameters = parameters;
    }

    /** How often the value is bound. */
    int parameters() {
        return parameters;
    }

    abstract String condition(String column, Storage storage);
}
