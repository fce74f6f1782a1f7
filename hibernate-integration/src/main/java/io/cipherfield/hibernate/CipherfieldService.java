package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.MixedKeysPolicy;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.Setting;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.internal.version.HibernateLine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(CipherfieldService.class);

    private final transient Map<Use, FieldEncryptor> encryptors = new ConcurrentHashMap<>();
    private final transient Supplier<CipherfieldConfiguration> source;
    private transient volatile @Nullable CipherfieldConfiguration configuration;

    CipherfieldService(Supplier<CipherfieldConfiguration> source) {
        this.source = source;
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

    private record Use(String context, boolean deterministic) {}
}
