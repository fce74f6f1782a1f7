package io.cipherfield;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses secrets on this process's own command line, which every user of the machine can see, and which histories keep. */
final class CommandLine {

    private CommandLine() {}

    static void refuseKeys() {
        refuseKeys(arguments());
    }

    /** Both {@code -Dcipherfield.key=…} and {@code --cipherfield.key=…}, in each spelling that Spring would accept. */
    static void refuseKeys(String[] arguments) {
        for (String name : names(arguments)) {
            SettingName setting = SettingName.secret(name);
            if (setting != null) {
                throw setting.onCommandLine();
            }
        }
    }

    /** A setting of another library, whose own use of it is not ours to judge until it opens one of our keys. */
    static void refuse(SettingName setting) {
        for (String name : names(arguments())) {
            if (SecretNames.same(name, setting.property())) {
                throw setting.onCommandLine();
            }
        }
    }

    private static List<String> names(String[] arguments) {
        List<String> names = new ArrayList<>();
        for (String argument : arguments) {
            String name = argument.replaceFirst("^(-D|--?)", "");
            int end = name.indexOf('=');
            if (argument.startsWith("-") && end > 0) {
                names.add(name.substring(0, end));
            }
        }
        return names;
    }

    private static String[] arguments() {
        String @Nullable [] told = ProcessHandle.current().info().arguments().orElse(null);
        return told == null ? linux() : told;
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
}
