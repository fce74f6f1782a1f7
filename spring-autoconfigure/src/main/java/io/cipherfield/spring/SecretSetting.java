package io.cipherfield.spring;

import io.cipherfield.Setting;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells by a property's name whether its value is key material. */
final class SecretSetting {

    private SecretSetting() {}

    /** Every spelling of relaxed binding, and each element of a list, names the same setting. */
    static @Nullable Setting named(String property) {
        for (Setting setting : Setting.values()) {
            if (setting.secret() && letters(property).equals(letters(setting.property()))) {
                return setting;
            }
        }
        return null;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
