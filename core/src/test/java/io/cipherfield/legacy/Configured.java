package io.cipherfield.legacy;

import io.cipherfield.SettingSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Readers from settings, as an application has them. */
final class Configured {

    private Configured() {}

    /** @param options names and values by turns */
    static LegacyReader reader(String type, String... options) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            settings.put("cipherfield.legacy." + type + ".old." + options[i], options[i + 1]);
        }
        return LegacyReaders.from(SettingSource.properties(settings)).named("old");
    }

    static String read(LegacyReader reader, String stored) {
        return new String(reader.read(utf8(stored)), StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
