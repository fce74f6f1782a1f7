package io.cipherfield.samples.migrate;

import io.cipherfield.hibernate.reencrypt.Progress;
import io.cipherfield.hibernate.reencrypt.ReencryptionListener;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demonstration prints, and whether each of its claims held. */
final class DemoOutput implements ReencryptionListener {

    private static final String INDENT = "   ";

    private final PrintStream out;
    private boolean allHeld = true;
    private int steps;

    DemoOutput(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        steps++;
        out.println("\n" + steps + "  " + title + "\n");
    }

    void text(String lines) {
        lines.lines().forEach(line -> out.println((INDENT + line).stripTrailing()));
        out.println();
    }

    void row(Map<String, @Nullable Object> row) {
        row.forEach((column, value) ->
                out.printf("%s%-12s  %s%n", INDENT, column.toLowerCase(Locale.ROOT), printable(value)));
        out.println();
    }

    private static String printable(@Nullable Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }

    /** What a person should know before the job begins. */
    @Override
    public void notice(String text) {
        text(text);
    }

    @Override
    public void progress(Progress progress) {
        out.printf(
                Locale.ROOT,
                "%s%s  %,7d of %,d rows  %,9.0f rows/s%n",
                INDENT,
                progress.table(),
                progress.rowsDone(),
                progress.rowsTotal(),
                progress.rowsPerSecond());
    }

    void claim(String claim, boolean holds) {
        out.println(INDENT + (holds ? "ok      " : "FAILED  ") + claim);
        allHeld &= holds;
    }

    boolean end() {
        out.println(allHeld ? "\nEverything held." : "\nNot everything held: see FAILED above.");
        return allHeld;
    }
}
