package io.cipherfield.hibernate;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A locale as other systems write it: a language tag (BCP 47), also with underscores, or what {@code Locale.toString} gives:
 * {@code language_COUNTRY_variant_#Script_extensions}, also of runtimes before Java 17.
 */
final class LegacyLocale {

    private static final Pattern SCRIPT = Pattern.compile("[A-Z][a-z]{3}(?:_.*)?");
    private static final int SCRIPT_LENGTH = 4;

    /** What these runtimes wrote for Hebrew, Yiddish and Indonesian. */
    private static final Map<String, String> NEW_LANGUAGES = Map.of("iw", "he", "ji", "yi", "in", "id");

    private LegacyLocale() {}

    /** @throws IllegalArgumentException if it is none of these */
    static Locale parse(String text) {
        String written = withNewLanguage(text);
        Locale locale = ofToString(written);
        if (withNewLanguage(locale.toString()).equals(written)
                && Locale.forLanguageTag(locale.toLanguageTag()).equals(locale)) {
            return locale;
        }
        String tag = written.replace('_', '-');
        locale = Locale.forLanguageTag(tag);
        if (locale.toLanguageTag().equals(tag)) {
            return locale;
        }
        throw new IllegalArgumentException();
    }

    private static Locale ofToString(String text) {
        int hash = text.indexOf('#');
        String[] parts = (hash < 0 ? text : text.substring(0, Math.max(hash - 1, 0))).split("_", 3);
        Locale locale = new Locale(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
        if (hash < 0 || locale.hasExtensions()) {
            return locale;
        }
        String behind = text.substring(hash + 1);
        String script = SCRIPT.matcher(behind).matches() ? behind.substring(0, SCRIPT_LENGTH) : "";
        String extensions = script.isEmpty() ? behind : behind.substring(SCRIPT_LENGTH);
        String tag = locale.toLanguageTag();
        int end = tag.indexOf('-') < 0 ? tag.length() : tag.indexOf('-');
        return Locale.forLanguageTag(tag.substring(0, end)
                + (script.isEmpty() ? "" : "-" + script)
                + tag.substring(end)
                + (extensions.isEmpty() ? "" : "-" + extensions.replace("_", "")));
    }

    private static String withNewLanguage(String text) {
        String language = text.length() < 2 ? text : text.substring(0, 2);
        boolean alone = text.length() == 2 || (text.length() > 2 && "_-".indexOf(text.charAt(2)) >= 0);
        return alone ? NEW_LANGUAGES.getOrDefault(language, language) + text.substring(2) : text;
    }
}
