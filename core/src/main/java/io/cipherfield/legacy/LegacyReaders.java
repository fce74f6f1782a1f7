package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** The legacy readers of one persistence unit, by name. Safe for use by many threads. */
public final class LegacyReaders {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private final Map<String, LegacyReader> readers;
    private final ConfiguredReaders configured;

    private LegacyReaders(Map<String, LegacyReader> readers, ConfiguredReaders configured) {
        this.readers = readers;
        this.configured = configured;
    }

    /** @throws ConfigurationException if two have one name, or one has none that it could be called by */
    public static LegacyReaders of(LegacyReader... readers) {
        return of(List.of(readers));
    }

    /** @throws ConfigurationException if two have one name, or one has none that it could be called by */
    public static LegacyReaders of(Iterable<? extends LegacyReader> readers) {
        return new LegacyReaders(byName(readers), new ConfiguredReaders(setting -> null));
    }

    /** Those that are configured as {@code cipherfield.legacy.<type>.<name>.<option>}: each is looked for when it is first asked for by its name. */
    public static LegacyReaders from(SettingSource source) {
        return new LegacyReaders(Map.of(), new ConfiguredReaders(source));
    }

    /** Those that the service loader finds. */
    public static LegacyReaders installed(ClassLoader loader) {
        return of(ServiceLoader.load(LegacyReader.class, loader));
    }

    /**
     * These and others. Of two sources of configured readers, an option is looked for in these first.
     *
     * @throws ConfigurationException if two have one name
     */
    public LegacyReaders and(LegacyReaders others) {
        List<LegacyReader> all = new ArrayList<>(readers.values());
        all.addAll(others.readers.values());
        return new LegacyReaders(byName(all), configured.orElse(others.configured));
    }

    private static Map<String, LegacyReader> byName(Iterable<? extends LegacyReader> readers) {
        Map<String, LegacyReader> byName = new LinkedHashMap<>();
        for (LegacyReader reader : readers) {
            checkName(reader.name());
            if (byName.put(reader.name(), reader) != null) {
                throw twoOf(reader.name());
            }
        }
        return byName;
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "A legacy reader cannot be called \"" + name + "\".",
                    "Call it by lower-case letters, digits and hyphens.");
        }
    }

    private static ConfigurationException twoOf(String name) {
        return new ConfigurationException(
                "Two legacy readers have the name " + name + ".", "Give one of them another name.");
    }

    /** @throws ConfigurationException if there is none of that name, two have it, or its options are incomplete or contradict each other */
    public LegacyReader named(String name) {
        checkName(name);
        LegacyReader reader = readers.get(name);
        LegacyReader fromSettings = configured.find(name);
        if (reader != null && fromSettings != null) {
            throw twoOf(name);
        }
        if (fromSettings != null) {
            return fromSettings;
        }
        if (reader != null) {
            return reader;
        }
        throw new ConfigurationException(
                "There is no legacy reader of the name " + name + "; the application gives " + readers.keySet()
                        + ", and no " + LegacySetting.PREFIX + "<type>." + name + ".<option> is set.",
                "Configure it (a type is one of " + ReaderType.labels() + "), or correct the name.");
    }

    @Override
    public String toString() {
        return "LegacyReaders" + readers.keySet();
    }
}
