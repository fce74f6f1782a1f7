package io.cipherfield.spring;

import io.cipherfield.hibernate.reencrypt.Progress;
import java.time.Duration;
import java.util.Locale;

/** For example {@code patient [=====>              ]  27%  2,700,000 of 10,000,000 rows, 48,000/s, 2 min 32 s left}. */
final class ProgressText {

    private static final int BAR_IN_CHARS = 20;
    private static final int SHORT_BAR_IN_CHARS = 10;
    private static final int NO_BAR = 0;
    private static final String CUT = "...";

    private ProgressText() {}

    static String of(Progress progress) {
        return progress.table() + behindTable(progress, BAR_IN_CHARS);
    }

    /** In so many characters: the bar gives way first, then the end of the table's name. */
    static String within(int widthInChars, Progress progress) {
        String table = progress.table();
        for (int bar : new int[] {BAR_IN_CHARS, SHORT_BAR_IN_CHARS}) {
            String text = table + behindTable(progress, bar);
            if (text.length() <= widthInChars) {
                return text;
            }
        }
        String text = behindTable(progress, NO_BAR);
        int left = widthInChars - text.length();
        String whole =
                (table.length() <= left ? table : table.substring(0, Math.max(left - CUT.length(), 0)) + CUT) + text;
        // A long reason to wait.
        return whole.substring(0, Math.min(whole.length(), widthInChars));
    }

    private static String behindTable(Progress progress, int barInChars) {
        StringBuilder text = new StringBuilder(" ");
        long done = progress.rowsDone();
        // The number of rows is an estimate, which a growing table outruns.
        long total = Math.max(done, progress.rowsTotal());
        if (progress.rowsTotal() > 0) {
            double share = (double) done / total;
            text.append(barInChars == NO_BAR ? "" : bar(share, barInChars))
                    .append(format(" %3d%%  %,d of %,d rows", (int) (100 * share), done, total));
        } else {
            text.append(format(" %,d rows", done));
        }
        text.append(format(", %,d/s", Math.round(progress.rowsPerSecond())));
        if (progress.remaining() != null) {
            text.append(", ").append(duration(progress.remaining())).append(" left");
        }
        if (progress.waitingFor() != null) {
            text.append(", waiting: ").append(progress.waitingFor());
        }
        return text.toString();
    }

    private static String bar(double share, int chars) {
        int filled = (int) (chars * share);
        String head = filled < chars ? ">" + " ".repeat(chars - filled - 1) : "";
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
