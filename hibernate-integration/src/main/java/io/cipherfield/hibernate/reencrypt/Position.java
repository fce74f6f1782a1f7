package io.cipherfield.hibernate.reencrypt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is in a range. Immutable.
 *
 * @param pass how often the range was gone through before; more than once only where rows move as they are rewritten
 * @param missed whether a row escaped in this pass, so that another one looks for it
 * @param after the last row that is done; null at the start of the pass
 */
record Position(int pass, boolean missed, @Nullable KeyValue after) {

    static final Position START = new Position(0, false, null);

    Position behind(KeyValue last, boolean nowMissed) {
        return new Position(pass, missed || nowMissed, last);
    }

    /** For the progress table; {@link #decode} reads it back. */
    String encode(List<KeyColumn> key) {
        return pass + (missed ? "!" : "") + (after == null ? "" : ";" + after.encode(key));
    }

    static Position decode(String text, List<KeyColumn> key) {
        int end = text.indexOf(';');
        String pass = end < 0 ? text : text.substring(0, end);
        boolean missed = pass.endsWith("!");
        return new Position(
                Integer.parseInt(missed ? pass.substring(0, pass.length() - 1) : pass),
                missed,
                end < 0 ? null : KeyValue.decode(text.substring(end + 1), key));
    }
}
