package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.SettingSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The readers that settings describe, each made when its name is first asked for and then kept, since some derive keys for a long time. */
final class ConfiguredReaders {

    private final SettingSource source;
    private final Map<String, LegacyReader> made = new HashMap<>();

    ConfiguredReaders(SettingSource source) {
        this.source = source;
    }

    synchronized @Nullable LegacyReader find(String name) {
        LegacyReader reader = made.get(name);
        if (reader == null) {
            reader = make(name);
            if (reader != null) {
                made.put(name, reader);
            }
        }
        return reader;
    }

    private @Nullable LegacyReader make(String name) {
        List<ReaderType> types = ReaderType.ALL.stream()
                .filter(type -> new ReaderOptions(type, name, source).anySet())
                .toList();
        if (types.size() > 1) {
            throw new ConfigurationException(
                    "Legacy readers of two types have the name " + name + ": " + LegacySetting.PREFIX
                            + types.get(0).label() + "." + name + " and " + LegacySetting.PREFIX
                            + types.get(1).label() + "." + name + ".",
                    "Give one of them another name, or unset its options.");
        }
        return types.isEmpty() ? null : types.get(0).factory().apply(new ReaderOptions(types.get(0), name, source));
    }

    ConfiguredReaders orElse(ConfiguredReaders next) {
        return new ConfiguredReaders(source.orElse(next.source));
    }
}
