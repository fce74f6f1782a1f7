package io.cipherfield.hibernate.reencrypt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is in a range. Immutable.
 *
 * @param pass how often the range was gone through before: see {@link MovingRows}
 * @param missed whether rows moved in this pass, so that another one looks for what was passed by
 * @param after the last row that is done; null at the start of the pass
 * @param shown the last one that may be written down, since nothing of its key is plaintext of an encrypted attribute
 */
record Position(
        int pass,
        boolean missed,
        @Nullable KeyValue after,
        @Nullable KeyValue shown) {

    static final Position START = new Position(0, false, null, null);

    Position behind(@Nullable KeyValue last, boolean nowMissed, @Nullable KeyValue lastShown) {
        return new Position(pass, missed || nowMissed, last, lastShown);
    }

    /** For the progress table; {@link #decode} reads it back. ASCII. Never plaintext: then it is the position of a row before. */
    String encode(List<KeyColumn> key) {
        return pass + (missed ? "!" : "") + (shown == null ? "" : ";" + shown.encode(key));
    }

    static Position decode(String text, List<KeyColumn> key) {
        int end = text.indexOf(';');
        String pass = end < 0 ? text : text.substring(0, end);
        boolean missed = pass.endsWith("!");
        KeyValue after = end < 0 ? null : KeyValue.decode(text.substring(end + 1), key);
        return new Position(
                Integer.parseInt(missed ? pass.substring(0, pass.length() - 1) : pass), missed, after, after);
    }
}
