package io.cipherfield;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Refuses keys on this process's own command line, which every user of the machine can see, and which histories keep. */
final class CommandLine {

    private CommandLine() {}

    static void refuseKeys() {
        ProcessHandle.current().info().arguments().ifPresentOrElse(CommandLine::refuseKeys, () -> refuseKeys(linux()));
    }

    /** The runtime's own answer is empty for a command line beyond 4 KiB, which a long class path makes. */
    private static String[] linux() {
        try {
            return Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0");
        } catch (IOException e) {
            return new String[0];
        }
    }

    /** Both {@code -Dcipherfield.key=…} and {@code --cipherfield.key=…}, in each spelling that Spring would accept. */
    static void refuseKeys(String[] arguments) {
        for (String argument : arguments) {
            String name = argument.replaceFirst("^(-D|--?)", "");
            int end = name.indexOf('=');
            if (argument.startsWith("-") && end > 0) {
                refuse(name.substring(0, end));
            }
        }
    }

    private static void refuse(String name) {
        for (Setting setting : Setting.values()) {
            if (setting.secret() && canonical(name).equals(canonical(setting.property()))) {
                throw new ConfigurationException(
                        "A key is given on the command line (" + setting.property()
                                + "), where every user of this machine can see it.",
                        "Treat that key as known to others: generate a new one, set it as the environment variable "
                                + setting.environmentVariable() + " or in a file, and rotate.");
            }
        }
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
