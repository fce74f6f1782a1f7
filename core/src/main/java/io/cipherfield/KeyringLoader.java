package io.cipherfield;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds the key ring from the settings. */
final class KeyringLoader {

    private final SettingSource source;
    private final JasyptKeyText jasypt;

    private KeyringLoader(SettingSource source) {
        this.source = source;
        this.jasypt = new JasyptKeyText(source);
    }

    static Keyring load(SettingSource source) {
        CommandLine.refuseKeys();
        return new KeyringLoader(source).load();
    }

    private Keyring load() {
        CipherKey primary = primary();
        List<CipherKey> decryptOnly = new ArrayList<>();
        SettingSource.Found list = source.findFilled(Setting.DECRYPT_ONLY_KEYS);
        if (list != null) {
            addList(list, decryptOnly);
        }
        SettingSource.Found file = source.findFilled(Setting.DECRYPT_ONLY_KEYS_FILE);
        if (file != null) {
            addFile(file, decryptOnly);
        }
        return Keyring.of(primary, decryptOnly);
    }

    private CipherKey primary() {
        SettingSource.Found file = source.findFilled(Setting.KEY_FILE);
        SettingSource.Found key = file == null ? source.find(Setting.KEY) : source.findFilled(Setting.KEY);
        if (key != null && file != null) {
            throw new ConfigurationException(
                    key.origin() + " and " + SecretFile.lowerFirst(file.origin())
                            + " are both set, so that it is not clear which key encrypts.",
                    "Keep one of them, and unset the other.");
        }
        if (key != null) {
            return parse(key.value(), key.origin());
        }
        if (file == null) {
            throw new ConfigurationException(
                    "No encryption key is set.",
                    "Set the environment variable " + Setting.KEY.environmentVariable() + " (or "
                            + Setting.KEY_FILE.environmentVariable() + " to a file that holds the key). "
                            + KeyText.GENERATE);
        }
        List<String> lines = KeyFile.lines(file);
        if (lines.size() > 1) {
            throw new ConfigurationException(
                    file.origin() + " names a file that holds " + lines.size() + " keys, and only one key can encrypt.",
                    "Leave the key that encrypts in it, and move the others to the file that "
                            + Setting.DECRYPT_ONLY_KEYS_FILE.environmentVariable() + " names.");
        }
        return parse(lines.get(0), file.origin() + " names a file whose content");
    }

    private void addList(SettingSource.Found list, List<CipherKey> keys) {
        String[] entries = list.value().split(",", -1);
        if (Arrays.stream(entries).anyMatch(KeyText::isPassphrase)) {
            throw new ConfigurationException(
                    list.origin() + " holds a passphrase, which may itself hold commas.",
                    "Put passphrases, one a line, into a file that "
                            + Setting.DECRYPT_ONLY_KEYS_FILE.environmentVariable() + " names.");
        }
        for (int i = 0; i < entries.length; i++) {
            String which = "Entry " + (i + 1) + " of " + entries.length + " of " + SecretFile.lowerFirst(list.origin());
            if (entries[i].isBlank()) {
                throw new ConfigurationException(
                        which + " is empty, perhaps a variable that was not set.",
                        "Remove the comma, or put the missing key there.");
            }
            keys.add(parse(entries[i], which));
        }
    }

    private void addFile(SettingSource.Found file, List<CipherKey> keys) {
        List<String> lines = KeyFile.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            keys.add(parse(
                    lines.get(i),
                    "Key " + (i + 1) + " of " + lines.size() + " in the file that "
                            + SecretFile.lowerFirst(file.origin()) + " names"));
        }
    }

    private CipherKey parse(String text, String origin) {
        return KeyText.parse(jasypt.decrypted(text, origin), origin);
    }
}
