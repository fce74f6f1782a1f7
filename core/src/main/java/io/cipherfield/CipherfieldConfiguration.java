package io.cipherfield;

import java.util.Arrays;
import java.util.Locale;

/**
 * All settings of one persistence unit, checked. Contradictions and bad keys are refused here, when it is built, and nowhere
 * else. Immutable.
 */
public final class CipherfieldConfiguration {

    private final Keyring keyring;
    private final Suite suite;
    private final StoragePreference storage;
    private final PlaintextPolicy plaintext;
    private final StartupCheckMode startupCheck;
    private final MixedKeysPolicy mixedKeys;

    private CipherfieldConfiguration(
            Keyring keyring,
            Suite suite,
            StoragePreference storage,
            PlaintextPolicy plaintext,
            StartupCheckMode startupCheck,
            MixedKeysPolicy mixedKeys) {
        this.keyring = keyring;
        this.suite = suite;
        this.storage = storage;
        this.plaintext = plaintext;
        this.startupCheck = startupCheck;
        this.mixedKeys = mixedKeys;
    }

    /** The defaults for all settings but the keys. */
    public static CipherfieldConfiguration of(Keyring keyring) {
        return new CipherfieldConfiguration(
                keyring,
                Suite.AES_SIV,
                StoragePreference.AUTO,
                PlaintextPolicy.REFUSE,
                StartupCheckMode.FAIL,
                MixedKeysPolicy.REFUSE);
    }

    /** @throws ConfigurationException with what is wrong, where it was found, and what to do */
    public static CipherfieldConfiguration from(SettingSource source) {
        return from(Keyring.from(source), source);
    }

    /**
     * All settings but the keys from the source: keys there are left alone.
     *
     * @throws ConfigurationException with what is wrong, where it was found, and what to do
     */
    public static CipherfieldConfiguration from(Keyring keyring, SettingSource source) {
        return of(keyring)
                .withSuite(suite(source))
                .withStorage(choice(source, Setting.STORAGE, StoragePreference.AUTO))
                .withPlaintext(choice(source, Setting.PLAINTEXT, PlaintextPolicy.REFUSE))
                .withStartupCheck(choice(source, Setting.STARTUP_CHECK, StartupCheckMode.FAIL))
                .withMixedKeys(choice(source, Setting.MIXED_KEYS, MixedKeysPolicy.REFUSE));
    }

    private static Suite suite(SettingSource source) {
        SettingSource.Found found = source.find(Setting.SUITE);
        return found == null || found.value().isBlank()
                ? Suite.AES_SIV
                : Suite.ofSetting(found.value().strip(), found.origin());
    }

    private static <E extends Enum<E>> E choice(SettingSource source, Setting setting, E byDefault) {
        SettingSource.Found found = source.find(setting);
        if (found == null || found.value().isBlank()) {
            return byDefault;
        }
        E[] choices = byDefault.getDeclaringClass().getEnumConstants();
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(found.value().strip())) {
                return choice;
            }
        }
        throw new ConfigurationException(
                found.origin() + " has a value that it cannot have.",
                "Set one of "
                        + Arrays.stream(choices)
                                .map(c -> c.name().toLowerCase(Locale.ROOT))
                                .toList()
                        + ", or leave it out for " + byDefault.name().toLowerCase(Locale.ROOT) + ".");
    }

    /** @throws ConfigurationException if the suite is not one for randomised values */
    public CipherfieldConfiguration withSuite(Suite newSuite) {
        Suite checked = Suite.ofSetting(newSuite.label(), "The suite " + newSuite.label());
        return new CipherfieldConfiguration(keyring, checked, storage, plaintext, startupCheck, mixedKeys);
    }

    public CipherfieldConfiguration withStorage(StoragePreference newStorage) {
        return new CipherfieldConfiguration(keyring, suite, newStorage, plaintext, startupCheck, mixedKeys);
    }

    public CipherfieldConfiguration withPlaintext(PlaintextPolicy newPlaintext) {
        return new CipherfieldConfiguration(keyring, suite, storage, newPlaintext, startupCheck, mixedKeys);
    }

    public CipherfieldConfiguration withStartupCheck(StartupCheckMode newStartupCheck) {
        return new CipherfieldConfiguration(keyring, suite, storage, plaintext, newStartupCheck, mixedKeys);
    }

    public CipherfieldConfiguration withMixedKeys(MixedKeysPolicy newMixedKeys) {
        return new CipherfieldConfiguration(keyring, suite, storage, plaintext, startupCheck, newMixedKeys);
    }

    public Keyring keyring() {
        return keyring;
    }

    public Suite suite() {
        return suite;
    }

    public StoragePreference storage() {
        return storage;
    }

    public PlaintextPolicy plaintext() {
        return plaintext;
    }

    public StartupCheckMode startupCheck() {
        return startupCheck;
    }

    public MixedKeysPolicy mixedKeys() {
        return mixedKeys;
    }

    @Override
    public String toString() {
        return "CipherfieldConfiguration[" + keyring + ", suite=" + suite.label() + ", storage=" + storage
                + ", plaintext=" + plaintext + ", startupCheck=" + startupCheck + ", mixedKeys=" + mixedKeys + "]";
    }
}
