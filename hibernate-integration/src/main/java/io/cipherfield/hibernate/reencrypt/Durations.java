package io.cipherfield.hibernate.reencrypt;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
final class Durations {

    private Durations() {}

    static String text(Duration duration) {
        if (duration.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        String hours = duration.toHours() == 0 ? "" : duration.toHours() + " h ";
        return hours + duration.toMinutesPart() + " min " + duration.toSecondsPart() + " s";
    }
}
