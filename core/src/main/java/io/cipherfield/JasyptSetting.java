package io.cipherfield;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A setting of jasypt-spring-boot 3, which gives it its name in {@code kebab-case} or {@code camelCase}. */
record JasyptSetting(String option, boolean secret) implements SettingName {

    static final JasyptSetting PASSWORD = new JasyptSetting("password", true);
    static final JasyptSetting ALGORITHM = new JasyptSetting("algorithm", false);
    static final JasyptSetting ITERATIONS = new JasyptSetting("key-obtention-iterations", false);
    static final JasyptSetting SALT = new JasyptSetting("salt-generator-classname", false);
    static final JasyptSetting IV = new JasyptSetting("iv-generator-classname", false);
    static final JasyptSetting OUTPUT = new JasyptSetting("string-output-type", false);
    static final JasyptSetting PROVIDER_NAME = new JasyptSetting("provider-name", false);

    @Override
    public String property() {
        return "jasypt.encryptor." + option;
    }

    @Override
    public String environmentVariable() {
        return property().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    SettingSource.@Nullable Found find(SettingSource source) {
        SettingSource.Found found = source.findFilled(this);
        return found != null || option.indexOf('-') < 0 ? found : source.findFilled(camelCase());
    }

    /** Its environment variable is the one that Spring's relaxed binding has for both: without the underscores in it. */
    private JasyptSetting camelCase() {
        StringBuilder name = new StringBuilder();
        for (String word : option.split("-")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return new JasyptSetting(name.toString(), secret);
    }
}
