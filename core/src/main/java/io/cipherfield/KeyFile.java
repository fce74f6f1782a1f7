package io.cipherfield;

import java.util.List;

/** A file that holds keys, one a line; blank lines, and lines that start with '#', are passed over. */
final class KeyFile {

    private KeyFile() {}

    /** @param setting found is the file's path, not blank, and the setting that names it */
    static List<String> lines(SettingSource.Found setting) {
        SecretFile file = SecretFile.named(setting, "key");
        List<String> lines = file.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw file.empty(KeyText.GENERATE);
        }
        return lines;
    }
}
