package io.cipherfield;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place that settings come from. */
public interface SettingSource {

    /** A setting's value and the place it was found in, as a person would name it. */
    final class Found {

        private final String value;
        private final String origin;

        public Found(String value, String origin) {
            this.value = value;
            this.origin = origin;
        }

        public String value() {
            return value;
        }

        /** For example {@code The environment variable CIPHERFIELD_KEY}. */
        public String origin() {
            return origin;
        }

        @Override
        public String toString() {
            return origin;
        }
    }

    @Nullable
    Found find(SettingName setting);

    /**
     * A setting that may come from a file as well: its own value, or what the file that {@link SettingName#file} names holds, without the line
     * ending behind it. An empty value counts as absent, since compose files pass on variables that are not set as empty ones.
     *
     * @throws ConfigurationException if both are set, the file is empty or cannot be read, or it is a secret and stands on this process's command
     *     line
     */
    default @Nullable Found findOrFile(SettingName setting) {
        Found value = findFilled(setting);
        Found file = findFilled(setting.file());
        if (setting.secret()) {
            CommandLine.refuse(setting);
        }
        if (value != null && file != null) {
            throw new ConfigurationException(
                    value.origin() + " and " + SecretFile.lowerFirst(file.origin()) + " are both set.",
                    "Keep one of them, and unset the other.");
        }
        return file == null ? value : SecretFile.found(file);
    }

    /** The same as {@link #find}, but an empty value counts as absent. */
    default @Nullable Found findFilled(SettingName setting) {
        Found found = find(setting);
        return found == null || found.value().isBlank() ? null : found;
    }

    /** What is not found here is looked for there. */
    default SettingSource orElse(SettingSource next) {
        return setting -> {
            Found found = find(setting);
            return found == null ? next.find(setting) : found;
        };
    }

    /** The process's environment variables. */
    static SettingSource environment() {
        return environment(System.getenv());
    }

    /** The same from a map, for tests and for those who keep an environment of their own. */
    static SettingSource environment(Map<String, String> variables) {
        return of("The environment variable ", SettingName::environmentVariable, variables::get);
    }

    /** The Java runtime's system properties. */
    static SettingSource systemProperties() {
        return of("The system property ", SettingName::property, System::getProperty);
    }

    /** A map by property names, for example that of {@code Persistence.createEntityManagerFactory}. Null values count as absent. */
    static SettingSource properties(Map<?, ?> properties) {
        return of("The property ", SettingName::property, name -> {
            Object value = properties.get(name);
            return value == null ? null : value.toString();
        });
    }

    private static SettingSource of(String kind, Function<SettingName, String> name, Lookup lookup) {
        return setting -> {
            String value = lookup.get(name.apply(setting));
            return value == null ? null : new Found(value, kind + name.apply(setting));
        };
    }

    /** A map's or the runtime's own way to look a name up. */
    @FunctionalInterface
    interface Lookup {
        @Nullable
        String get(String name);
    }
}
