package io.cipherfield;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a name alone whether the value is a secret: relaxed binding knows many spellings of one name, and each element of a list has one of
 * its own. Legacy readers have names that people choose, so that theirs are told by the option at the end.
 */
final class SecretNames {

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]");
    private static final String LEGACY = letters("cipherfield.legacy.");
    private static final List<String> SECRET_OPTIONS = List.of("password", "secret", "secrets", "key", "keys");

    private SecretNames() {}

    static @Nullable SettingName find(String property) {
        String letters = letters(property);
        for (Setting setting : Setting.values()) {
            if (setting.secret() && same(property, setting.property())) {
                return setting;
            }
        }
        boolean ofLegacyReader =
                letters.startsWith(LEGACY) && SECRET_OPTIONS.stream().anyMatch(letters::endsWith);
        return ofLegacyReader ? new AsGiven(property) : null;
    }

    static boolean same(String spelling, String otherSpelling) {
        return letters(spelling).equals(letters(otherSpelling));
    }

    private static String letters(String name) {
        return NO_LETTERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** A name in a spelling whose parts cannot be told apart. */
    private record AsGiven(String property) implements SettingName {

        @Override
        public String environmentVariable() {
            return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }

        @Override
        public boolean secret() {
            return true;
        }
    }
}
