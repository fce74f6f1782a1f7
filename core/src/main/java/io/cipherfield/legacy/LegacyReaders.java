package io.cipherfield.legacy;

import io.cipherfield.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The legacy readers of one persistence unit, by name. Immutable. */
public final class LegacyReaders {

    private final Map<String, LegacyReader> readers;

    private LegacyReaders(Map<String, LegacyReader> readers) {
        this.readers = readers;
    }

    /** @throws ConfigurationException if two have one name */
    public static LegacyReaders of(LegacyReader... readers) {
        return of(List.of(readers));
    }

    /** @throws ConfigurationException if two have one name */
    public static LegacyReaders of(Iterable<? extends LegacyReader> readers) {
        Map<String, LegacyReader> byName = new LinkedHashMap<>();
        for (LegacyReader reader : readers) {
            if (byName.put(reader.name(), reader) != null) {
                throw new ConfigurationException(
                        "Two legacy readers have the name " + reader.name() + ".", "Give one of them another name.");
            }
        }
        return new LegacyReaders(byName);
    }

    /** Those that the service loader finds. */
    public static LegacyReaders installed(ClassLoader loader) {
        return of(ServiceLoader.load(LegacyReader.class, loader));
    }

    /** These and others. */
    public LegacyReaders and(LegacyReaders others) {
        List<LegacyReader> all = new ArrayList<>(readers.values());
        all.addAll(others.readers.values());
        return of(all);
    }

    /** @throws ConfigurationException if there is none of that name */
    public LegacyReader named(String name) {
        LegacyReader reader = readers.get(name);
        if (reader == null) {
            throw new ConfigurationException(
                    "There is no legacy reader of the name " + name + "; the names are " + readers.keySet() + ".",
                    "Configure it under cipherfield.legacy, or correct the name.");
        }
        return reader;
    }

    @Override
    public String toString() {
        return "LegacyReaders" + readers.keySet();
    }
}
