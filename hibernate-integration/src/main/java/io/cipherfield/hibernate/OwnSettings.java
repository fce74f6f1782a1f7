package io.cipherfield.hibernate;

import io.cipherfield.Setting;
import io.cipherfield.SettingName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Those of Hibernate's settings that are this library's. */
final class OwnSettings {

    /** Of legacy readers, and of the keys that Jasypt encrypted. */
    private static final List<String> PREFIXES = List.of("cipherfield.legacy.", "jasypt.encryptor.");

    private static final String JASYPT_PASSWORD = "jasypt.encryptor.password";

    private OwnSettings() {}

    /**
     * Takes secrets out, so that neither {@code SessionFactory.getProperties()} nor a log of the settings shows them. System properties, which
     * Hibernate mixes into its settings, are left out of the answer: a message should name the place where a person set it.
     */
    static Map<String, Object> takenOutOf(Map<String, Object> settings) {
        Map<String, Object> own = new HashMap<>();
        for (Map.Entry<String, Object> setting : settings.entrySet()) {
            String name = setting.getKey();
            Object value = setting.getValue();
            if (isOurs(name) && value != null && !value.toString().equals(System.getProperty(name))) {
                own.put(name, value);
            }
        }
        settings.keySet().removeIf(name -> isOurs(name) && isSecret(name));
        return own;
    }

    static boolean isSecret(String name) {
        return SettingName.secret(name) != null || name.equals(JASYPT_PASSWORD);
    }

    private static boolean isOurs(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith)
                || Arrays.stream(Setting.values())
                        .anyMatch(setting -> setting.property().equals(name));
    }
}
