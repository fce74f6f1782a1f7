package io.cipherfield;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file that holds keys, one a line; blank lines, and lines that start with '#', are passed over. */
final class KeyFile {

    private static final int MAX_SIZE_IN_BYTES = 64 * 1024;

    /** Some editors begin a file of UTF-8 with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private KeyFile() {}

    /** @param setting found is the file's path, not blank, and the setting that names it */
    static List<String> lines(SettingSource.Found setting) {
        String path = setting.value().strip();
        // Before the path is ever put into a message: it may be the key itself.
        if (KeyText.mayHoldKey(path)) {
            throw new ConfigurationException(
                    setting.origin()
                            + " names no file that exists, and may hold a key where the path of a file belongs.",
                    "If it is a key, set " + Setting.KEY.environmentVariable() + " or "
                            + Setting.DECRYPT_ONLY_KEYS.environmentVariable()
                            + " to it; if it is a path, check it, and that the secret is mounted.");
        }
        String what = setting.origin() + " names the file " + path;
        List<String> lines = read(path, what)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new ConfigurationException(
                    what + ", which is empty.", "Write the key into it, and nothing else. " + KeyText.GENERATE);
        }
        return lines;
    }

    private static String read(String path, String what) {
        Path file;
        try {
            file = Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(
                    what + ", which is no valid path.", "Set it to the path of a file that holds the key.");
        }
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(
                    what + ", which is a directory.", "Name the file inside it that holds the key.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE_IN_BYTES + 1);
            if (bytes.length > MAX_SIZE_IN_BYTES) {
                throw new ConfigurationException(
                        what + ", which is larger than 64 KiB and so no key file.",
                        "Name the file that holds the key.");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    what + ", which does not exist.", "Check the path, and that the secret is mounted.");
        } catch (IOException e) {
            throw new ConfigurationException(
                    what + ", which cannot be read (" + e.getClass().getSimpleName() + ").",
                    "Check its permissions: the user that runs this process must be able to read it.");
        }
    }
}
