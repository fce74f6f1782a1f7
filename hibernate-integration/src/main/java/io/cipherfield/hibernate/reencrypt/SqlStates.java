package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a failure says of itself, or, of a batch, the failures and causes behind it. */
final class SqlStates {

    private SqlStates() {}

    static boolean any(SQLException failure, Predicate<SQLException> condition) {
        return Stream.iterate(failure, e -> e != null, SQLException::getNextException)
                .flatMap(e -> Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause))
                .anyMatch(cause -> cause instanceof SQLException sql && condition.test(sql));
    }

    static boolean violatesConstraint(SQLException failure) {
        return any(failure, e -> e.getSQLState() != null && e.getSQLState().startsWith("23"));
    }
}
