package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingName;
import io.cipherfield.SettingSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The settings in Spring's environment, in each spelling that its relaxed binding knows. Spring's binder itself is not used: a
 * failed binding prints the rejected value, which may be a key.
 */
final class EnvironmentSettings implements SettingSource {

    private final Environment environment;

    EnvironmentSettings(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable Found find(SettingName setting) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(setting.property(), '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return new Found(resolved(property), origin(property));
            }
            Found list = list(source, name);
            if (list != null) {
                return list;
            }
        }
        return null;
    }

    /** A list in YAML arrives as one property an element; it means the same as the elements with commas between them. */
    private @Nullable Found list(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        List<String> elements = new ArrayList<>();
        ConfigurationProperty first = null;
        ConfigurationProperty next = source.getConfigurationProperty(name.append("[0]"));
        while (next != null) {
            first = first == null ? next : first;
            elements.add(resolved(next));
            next = source.getConfigurationProperty(name.append("[" + elements.size() + "]"));
        }
        return first == null ? null : new Found(String.join(",", elements), origin(first));
    }

    private String resolved(ConfigurationProperty property) {
        String value = String.valueOf(property.getValue());
        try {
            return environment.resolveRequiredPlaceholders(value);
        } catch (IllegalArgumentException e) {
            // Not as the cause: its message shows the whole value.
            throw new ConfigurationException(
                    origin(property) + " refers to another property by ${…}, and that one is not set.",
                    "Set the other one, or replace the placeholder.");
        }
    }

    private static String origin(ConfigurationProperty property) {
        if (!(property.getOrigin() instanceof PropertySourceOrigin origin)) {
            return "The property " + property.getName();
        }
        if (origin.getPropertySource() instanceof SystemEnvironmentPropertySource) {
            return "The environment variable " + origin.getPropertyName();
        }
        String place = origin.getOrigin() == null
                ? origin.getPropertySource().getName()
                : origin.getOrigin().toString();
        return "The property " + property.getName() + " (from " + place + ")";
    }
}
