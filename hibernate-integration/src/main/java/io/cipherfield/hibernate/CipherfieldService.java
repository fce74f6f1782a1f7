package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.MixedKeysPolicy;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.Setting;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.internal.version.HibernateLine;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import io.cipherfield.value.ValueText;
import io.cipherfield.value.ValueType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hibernate.service.Service;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys and settings of one SessionFactory, found by {@code serviceRegistry.requireService(CipherfieldService.class)}. Two factories in
 * one JVM have two of them. Safe for use by many threads.
 */
public final class CipherfieldService implements Service {

    /**
     * The property under which a ready {@link CipherfieldConfiguration} may be passed to
     * {@code Persistence.createEntityManagerFactory}, in place of the single settings. It prints no key. A key passed as the property
     * {@code cipherfield.key} is taken out of what Hibernate keeps, but Hibernate's JPA bootstrap has by then logged the persistence unit with all
     * its properties, if DEBUG is on: this object, the environment or a key file is better.
     */
    public static final String CONFIGURATION = "cipherfield.configuration";

    /** The property under which {@link LegacyReaders} may be passed, beside those that are configured and those that the service loader finds. */
    public static final String LEGACY_READERS = "cipherfield.legacy-readers";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(CipherfieldService.class);

    /** The context of what is in nobody's column; an attribute's has no slash. */
    private static final String CACHE = "cipherfield/cache";

    private final transient Map<Use, FieldEncryptor> encryptors = new ConcurrentHashMap<>();
    private final transient KnownContexts contexts = new KnownContexts();
    private final transient Supplier<CipherfieldConfiguration> source;
    private final transient Supplier<LegacyReaders> legacySource;
    private transient volatile @Nullable CipherfieldConfiguration configuration;
    private transient volatile @Nullable LegacyReaders legacyReaders;

    CipherfieldService(Supplier<CipherfieldConfiguration> source, Supplier<LegacyReaders> legacySource) {
        this.source = source;
        this.legacySource = legacySource;
    }

    /**
     * The settings, read when they are first needed, so that an application without encrypted attributes starts without a key.
     *
     * @throws ConfigurationException with what is wrong and what to do
     */
    public CipherfieldConfiguration configuration() {
        CipherfieldConfiguration current = configuration;
        return current != null ? current : read();
    }

    private synchronized CipherfieldConfiguration read() {
        CipherfieldConfiguration current = configuration;
        if (current == null) {
            HibernateLine.check();
            current = source.get();
            current.keyring().notices().forEach(LOG::warn);
            // While it is written, PlaintextWarning names the attributes.
            if (current.plaintext() == PlaintextPolicy.ALLOW) {
                LOG.warnf(
                        "%s=allow: values that are not ciphertext are read from every encrypted attribute."
                                + " Whoever can write to the database can then put values there that no key vouches for."
                                + " Set it back to refuse when the re-encryption job has encrypted them all.",
                        Setting.PLAINTEXT.property());
            }
            configuration = current;
        }
        return current;
    }

    /** Looked for when the first attribute names one. */
    LegacyReaders legacyReaders() {
        LegacyReaders current = legacyReaders;
        if (current == null) {
            current = legacySource.get();
            legacyReaders = current;
        }
        return current;
    }

    boolean mixedKeysAllowed() {
        return configuration().mixedKeys() == MixedKeysPolicy.ALLOW;
    }

    /** One for each context and mode, however many attributes share it. */
    FieldEncryptor encryptor(String context, boolean deterministic) {
        CipherfieldConfiguration current = configuration();
        return encryptors.computeIfAbsent(
                new Use(context, deterministic),
                use -> FieldEncryptor.of(
                        current.keyring(),
                        use.deterministic() ? Suite.AES_SIV_DETERMINISTIC : current.suite(),
                        use.context()));
    }

    /** The contexts of its attributes. */
    KnownContexts contexts() {
        return contexts;
    }

    /** Which attribute a value was written for that does not decrypt where it is; null if none of this factory's. */
    @Nullable
    String attributeOf(byte[] ciphertext, Predicate<String> excluded) {
        return contexts.attributeOf(ciphertext, excluded, context -> encryptor(context, false));
    }

    /** Plaintext of a query's result, on its way into a cache outside of this JVM. */
    @SuppressWarnings("unchecked")
    byte[] sealForCache(Object plaintext) {
        ValueCodec<Object> codec = (ValueCodec<Object>) ValueCodecs.find(plaintext.getClass());
        return encryptor(CACHE, false).encrypt(Objects.requireNonNull(codec).encode(plaintext, 0));
    }

    /** @throws io.cipherfield.DecryptionException if its key has left the ring, as of other entries of a cache */
    Object openFromCache(Object sealed) {
        byte[] encoded = encryptor(CACHE, false).decrypt((byte[]) sealed);
        return encoded[0] == ValueType.BYTES.code()
                ? Objects.requireNonNull(ValueCodecs.find(byte[].class)).decode(encoded)
                : ValueText.BYTES_AS_HEX.of(encoded);
    }

    private record Use(String context, boolean deterministic) {}
}
