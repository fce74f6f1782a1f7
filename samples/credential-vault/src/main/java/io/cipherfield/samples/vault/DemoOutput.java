package io.cipherfield.samples.vault;

import io.cipherfield.hibernate.reencrypt.Progress;
import io.cipherfield.hibernate.reencrypt.ReencryptionListener;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the demonstration prints, and whether each of its claims held. */
final class DemoOutput implements ReencryptionListener {

    private static final String INDENT = "   ";
    private static final int SHOWN_OF_A_VALUE = 48;

    private final PrintStream out;
    private boolean allHeld = true;
    private int steps;

    DemoOutput(PrintStream out) {
        this.out = out;
    }

    void introduction(String line) {
        out.println(line);
    }

    void step(String title) {
        steps++;
        out.println("\n" + steps + "  " + title + "\n");
    }

    void text(String lines) {
        lines.lines().forEach(line -> out.println((INDENT + line).stripTrailing()));
        out.println();
    }

    /** As the application sees it. */
    void connection(Credentials credentials) {
        value("name", credentials.name());
        value("url", credentials.url());
        value("user", credentials.user());
        value("password", credentials.password());
        value("oauth token", credentials.oauthToken());
        value("api key", credentials.apiKey());
        value("expires", credentials.expires());
        out.println();
    }

    void row(StoredRow row) {
        row.valuesByColumn().forEach((column, value) -> value(column.toLowerCase(Locale.ROOT), value));
        out.println();
    }

    private void value(String name, @Nullable Object value) {
        out.printf("%s%-12s  %s%n", INDENT, name, printable(value));
    }

    private static String printable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return shortened(HexFormat.of().formatHex(bytes), bytes.length + " bytes");
        }
        String text = String.valueOf(value);
        return shortened(text, text.length() + " characters");
    }

    private static String shortened(String text, String size) {
        return text.length() <= SHOWN_OF_A_VALUE ? text : text.substring(0, SHOWN_OF_A_VALUE) + "... (" + size + ")";
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
