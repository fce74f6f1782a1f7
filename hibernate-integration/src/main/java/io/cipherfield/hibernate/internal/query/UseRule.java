package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;

/** What a kind of attribute may be used for. What it does not name is refused. */
enum UseRule {
    RANDOMISED {
        @Override
        boolean allows(Use use) {
            return switch (use) {
                case RESULT, NULL_CHECK, COUNT, COPY -> true;
                case EQUALITY, ORDER, SORT, GROUPING, EXPRESSION, SUBQUERY -> false;
            };
        }
    },
    DETERMINISTIC {
        @Override
        boolean allows(Use use) {
            return switch (use) {
                case RESULT, NULL_CHECK, COUNT, COPY, EQUALITY, GROUPING -> true;
                case ORDER, SORT, EXPRESSION, SUBQUERY -> false;
            };
        }
    };

    abstract boolean allows(Use use);

    static UseRule of(EncryptedAttribute attribute) {
        return attribute.deterministic() ? DETERMINISTIC : RANDOMISED;
    }
}
