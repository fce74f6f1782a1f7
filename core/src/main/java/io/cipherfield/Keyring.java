package io.cipherfield;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One key that encrypts and any number of further keys that only decrypt. Immutable. */
public final class Keyring {

    private final List<CipherKey> keys;
    private final List<String> notices;

    private Keyring(List<CipherKey> keys, List<String> notices) {
        this.keys = List.copyOf(keys);
        this.notices = List.copyOf(notices);
    }

    public static Keyring of(CipherKey primary, CipherKey... decryptOnly) {
        return of(primary, List.of(decryptOnly));
    }

    /**
     * @param primary encrypts, and decrypts
     * @param decryptOnly yesterday's keys, and tomorrow's while a rolling deployment is under way. A key listed twice
     *     counts once, with a notice
     * @throws ConfigurationException if two different keys have one id
     */
    public static Keyring of(CipherKey primary, Collection<CipherKey> decryptOnly) {
        List<CipherKey> keys = new ArrayList<>(List.of(primary));
        List<String> notices = new ArrayList<>();
        for (CipherKey key : decryptOnly) {
            if (keys.contains(key)) {
                notices.add("Key " + key.id() + " is listed more than once; it counts once"
                        + (key.equals(primary) ? ", as the key that encrypts." : "."));
                continue;
            }
            refuseSameId(keys, key);
            keys.add(key);
        }
        return new Keyring(keys, notices);
    }

    private static void refuseSameId(List<CipherKey> keys, CipherKey added) {
        for (CipherKey key : keys) {
            if (key.id().equals(added.id())) {
                throw new ConfigurationException(
                        "Two different keys have the id " + key.id()
                                + ", so that a ciphertext could not tell which one wrote it.",
                        "Generate another new key, and use that one: openssl rand -base64 32");
            }
        }
    }

    /**
     * The keys that the settings name; all other settings are left alone.
     *
     * @throws ConfigurationException with what is wrong, where it was found, and what to do
     */
    public static Keyring from(SettingSource source) {
        return KeyringLoader.load(source);
    }

    /** The key that encrypts. */
    public CipherKey primary() {
        return keys.get(0);
    }

    /** All keys, the primary one first. */
    public List<CipherKey> keys() {
        return keys;
    }

    public @Nullable CipherKey find(KeyId id) {
        for (CipherKey key : keys) {
            if (key.id().equals(id)) {
                return key;
            }
        }
        return null;
    }

    /** What the person who set the keys should hear, without any secret; usually empty. */
    public List<String> notices() {
        return notices;
    }

    @Override
    public String toString() {
        return "Keyring[primary=" + primary().id() + ", decryptOnly="
                + keys.stream().skip(1).map(CipherKey::id).toList() + "]";
    }
}
