package io.cipherfield.hibernate.internal.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of the journal's tables as SQL writes them: in one schema, made from the name of the first. */
record TableNames(String run, String range, String quarantine) {

    private static final String DEFAULT = "cipherfield_reencryption";
    private static final Pattern NAME = Pattern.compile("(.*?)([\"`\\]]?)", Pattern.DOTALL);
    private static final Pattern JOB = Pattern.compile("reencryption$", Pattern.CASE_INSENSITIVE);

    /** @param name may be qualified and quoted; null for the default one in the connection's schema */
    static TableNames of(@Nullable String name) {
        String run = name == null ? DEFAULT : name;
        Matcher parts = NAME.matcher(run);
        if (run.isBlank() || !parts.matches()) {
            throw new JournalException("The name of the job's table is empty");
        }
        String start = parts.group(1);
        String quote = parts.group(2);
        Matcher job = JOB.matcher(start);
        String quarantine = job.find() ? job.replaceFirst("quarantine") : start + "_quarantine";
        return new TableNames(run, start + "_range" + quote, quarantine + quote);
    }

    String of(JournalTable table) {
        return switch (table) {
            case RUN -> run;
            case RANGE -> range;
            case QUARANTINE -> quarantine;
        };
    }
}
