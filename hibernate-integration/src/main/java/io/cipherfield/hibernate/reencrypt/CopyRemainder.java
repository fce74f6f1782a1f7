package io.cipherfield.hibernate.reencrypt;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What a copy leaves, counted at its end.
 *
 * @param toCopy rows whose source holds a value and whose target none
 * @param withoutSource rows whose target holds a value and whose source none
 */
record CopyRemainder(long toCopy, long withoutSource) {

    static CopyRemainder count(JobConnection connection, List<TableShape> tables, Copy copy) throws SQLException {
        long toCopy = 0;
        long withoutSource = 0;
        for (TableShape shape : tables) {
            String target = shape.columns().get(0).name();
            String source = copy.source().column();
            try (PreparedStatement statement = connection
                            .get()
                            .prepareStatement("select count(case when " + source + " is not null and " + target
                                    + " is null then 1 end), count(case when " + source + " is null and " + target
                                    + " is not null then 1 end) from "
                                    + shape.table().name());
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                toCopy += rows.getLong(1);
                withoutSource += rows.getLong(2);
            }
        }
        connection.rollback();
        return new CopyRemainder(toCopy, withoutSource);
    }

    List<String> notes(Copy copy) {
        return withoutSource == 0
                ? List.of()
                : List.of(withoutSource + (withoutSource == 1 ? " row has" : " rows have") + " a value in "
                        + copy.targetName() + " and none in " + copy.source().name()
                        + ", and stay so: a version of the application that writes only the encrypted attribute wrote it, or one that knows only the"
                        + " plain one deleted the value there. In the latter case, before the application reads the encrypted one, run the copy with"
                        + " overwrite.");
    }
}
