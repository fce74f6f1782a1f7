package io.cipherfield.legacy;

import io.cipherfield.SettingName;
import java.util.Locale;

/** An option of a configured reader: {@code cipherfield.legacy.<type>.<name>.<option>}. */
record LegacySetting(String type, String name, Option option) implements SettingName {

    static final String PREFIX = "cipherfield.legacy.";

    @Override
    public String property() {
        return PREFIX + type + "." + name + "." + option.name();
    }

    @Override
    public String environmentVariable() {
        return property().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    @Override
    public boolean secret() {
        return option.secret();
    }
}
