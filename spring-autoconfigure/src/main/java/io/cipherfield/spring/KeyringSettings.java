package io.cipherfield.spring;

import io.cipherfield.CipherKey;
import io.cipherfield.Keyring;
import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a ring that the application made itself, in place of those in the settings. */
final class KeyringSettings implements SettingSource {

    private static final String ORIGIN = "The Keyring bean";

    private final Keyring keyring;
    private final SettingSource others;

    KeyringSettings(Keyring keyring, SettingSource others) {
        this.keyring = keyring;
        this.others = others;
    }

    @Override
    public @Nullable Found find(Setting setting) {
        return switch (setting) {
            case KEY -> new Found(keyring.primary().toBase64(), ORIGIN);
            case DECRYPT_ONLY_KEYS -> new Found(decryptOnly(), ORIGIN);
            case KEY_FILE, DECRYPT_ONLY_KEYS_FILE -> null;
            default -> others.find(setting);
        };
    }

    private String decryptOnly() {
        return keyring.keys().stream().skip(1).map(CipherKey::toBase64).collect(Collectors.joining(","));
    }
}
