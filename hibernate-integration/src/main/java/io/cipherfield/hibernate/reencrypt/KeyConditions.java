package io.cipherfield.hibernate.reencrypt;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** All of which must hold, or none at all. */
record KeyConditions(List<KeyCondition> all) {

    String where() {
        return all.isEmpty()
                ? ""
                : " where " + all.stream().map(KeyCondition::sql).collect(Collectors.joining(" and "));
    }

    /** As the first parameters of a statement. */
    void bind(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (KeyCondition condition : all) {
            index = condition.bind(statement, index);
        }
    }
}
