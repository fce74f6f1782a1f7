package io.cipherfield;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of text, in UTF-8, that holds keys or a password (Docker and Kubernetes secrets). */
final class SecretFile {

    private static final int MAX_SIZE_IN_BYTES = 64 * 1024;

    /** Some editors begin a file of UTF-8 with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String path;
    private final String what;
    private final String noun;

    private SecretFile(String path, String what, String noun) {
        this.path = path;
        this.what = what;
        this.noun = noun;
    }

    /**
     * @param setting the file's path, not blank, and the setting that names it
     * @param noun what the file should hold
     */
    static SecretFile named(SettingSource.Found setting, String noun) {
        String path = setting.value().strip();
        // Before the path is ever put into a message: it may be the secret itself.
        if (KeyText.mayHoldKey(path)) {
            boolean key = noun.equals("key");
            throw new ConfigurationException(
                    setting.origin() + " names no file that exists, and may hold a " + noun
                            + " where the path of a file belongs.",
                    "If it is a " + noun + ", "
                            + (key
                                    ? "set " + Setting.KEY.environmentVariable() + " or "
                                            + Setting.DECRYPT_ONLY_KEYS.environmentVariable() + " to it"
                                    : "put it into the setting without \"file\" at the end")
                            + "; if it is a path, check it, and that the secret is mounted.");
        }
        return new SecretFile(path, setting.origin() + " names the file " + path, noun);
    }

    /** The whole content but for one line ending behind it, which editors and {@code echo} leave there. */
    static SettingSource.Found found(SettingSource.Found setting) {
        SecretFile file = named(setting, "secret");
        String content = file.text().replaceFirst("\\r?\\n\\z", "");
        if (content.isBlank()) {
            throw file.empty("");
        }
        return new SettingSource.Found(content, "The file that " + lowerFirst(setting.origin()) + " names");
    }

    ConfigurationException empty(String advice) {
        return new ConfigurationException(
                what + ", which is empty.", ("Write the " + noun + " into it, and nothing else. " + advice).strip());
    }

    String text() {
        Path file;
        try {
            file = Path.of(path);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(
                    what + ", which is no valid path.", "Set it to the path of a file that holds the " + noun + ".");
        }
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(
                    what + ", which is a directory.", "Name the file inside it that holds the " + noun + ".");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE_IN_BYTES + 1);
            if (bytes.length > MAX_SIZE_IN_BYTES) {
                throw new ConfigurationException(
                        what + ", which is larger than 64 KiB and so no " + noun + " file.",
                        "Name the file that holds the " + noun + ".");
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

    static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
