package io.cipherfield.hibernate.reencrypt;

import java.sql.SQLException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a failure says of itself, or, of a batch, the failures and causes behind it. */
final class SqlStates {

    private SqlStates() {}

    static boolean any(SQLException failure, Predicate<SQLException> condition) {
        return Stream.iterate(failure, e -> e != null, SQLException::getNextException)
                .flatMap(e -> Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause))
                .anyMatch(cause -> cause instanceof SQLException sql && condition.test(sql));
    }

    /** The first state that is of one of the classes; null if none is. */
    static @Nullable String ofClass(SQLException failure, String... classes) {
        String[] found = new String[1];
        any(failure, e -> {
            String state = e.getSQLState();
            if (state == null || Stream.of(classes).noneMatch(state::startsWith)) {
                return false;
            }
            found[0] = state;
            return true;
        });
        return found[0];
    }
}
