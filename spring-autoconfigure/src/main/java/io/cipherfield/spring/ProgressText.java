package io.cipherfield.spring;

import io.cipherfield.hibernate.reencrypt.Progress;
import java.time.Duration;
import java.util.Locale;

/** For example {@code patient [=====>              ]  27%  2,700,000 of 10,000,000 rows, 48,000/s, 2 min 32 s left}. */
final class ProgressText {

    private static final int BAR_IN_CHARS = 20;

    private ProgressText() {}

    static String of(Progress progress) {
        StringBuilder text = new StringBuilder(progress.table()).append(' ');
        long done = progress.rowsDone();
        // The number of rows is an estimate, which a growing table outruns.
        long total = Math.max(done, progress.rowsTotal());
        if (progress.rowsTotal() > 0) {
            double share = (double) done / total;
            text.append(bar(share)).append(format(" %3d%%  %,d of %,d rows", (int) (100 * share), done, total));
        } else {
            text.append(format(" %,d rows", done));
        }
        text.append(format(", %,d/s", Math.round(progress.rowsPerSecond())));
        if (progress.remaining() != null) {
            text.append(", ").append(duration(progress.remaining())).append(" left");
        }
        return text.toString();
    }

    private static String bar(double share) {
        int filled = (int) (BAR_IN_CHARS * share);
        String head = filled < BAR_IN_CHARS ? ">" + " ".repeat(BAR_IN_CHARS - filled - 1) : "";
        return "[" + "=".repeat(filled) + head + "]";
    }

    private static String duration(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
