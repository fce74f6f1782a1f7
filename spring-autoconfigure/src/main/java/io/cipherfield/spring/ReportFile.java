package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file for programs: the report as a JSON object, or an array of them where there are several persistence units. */
final class ReportFile {

    private final @Nullable Path file;
    private final boolean several;
    private final List<String> reports = new ArrayList<>();

    private ReportFile(@Nullable Path file, boolean several) {
        this.file = file;
        this.several = several;
    }

    /**
     * @param file null for none
     * @param several whether it is to be an array, however many reports there will be
     * @throws ConfigurationException if it could not be written at the end, which may be hours away
     */
    static ReportFile at(@Nullable Path file, boolean several) {
        if (file != null) {
            Path directory = file.getParent();
            if (directory == null || !Files.isWritable(directory) || Files.isDirectory(file)) {
                throw new ConfigurationException(
                        JobOptions.REPORT_FILE + " is set to \"" + file + "\", where no file can be written.",
                        "Set it to a file in a directory that exists and that this user may write to, or leave it out.");
            }
        }
        return new ReportFile(file, several);
    }

    void add(String json) {
        reports.add(json);
    }

    /** What was done before a failure is done, and told; the failure stays the one that is heard of. */
    void writeIfAny(Throwable failure) {
        if (!reports.isEmpty()) {
            try {
                write();
            } catch (ConfigurationException e) {
                failure.addSuppressed(e);
            }
        }
    }

    void write() {
        if (file == null) {
            return;
        }
        String text = several ? "[" + String.join(",", reports) + "]" : String.join("", reports);
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The job is done, but its report could not be written to " + file + " ("
                            + e.getClass().getSimpleName() + ").",
                    "Free its disk or name another file with " + JobOptions.REPORT_FILE + ".");
        }
    }
}
