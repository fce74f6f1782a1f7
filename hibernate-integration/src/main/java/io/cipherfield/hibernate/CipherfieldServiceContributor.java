package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives each registry a {@link CipherfieldService}; found by Hibernate's service loader. Keys are taken out of the settings, so that neither
 * {@code SessionFactory.getProperties()} nor a log of the settings shows them.
 */
public final class CipherfieldServiceContributor implements ServiceContributor {

    private static final Logger LOG = Logger.getLogger(CipherfieldServiceContributor.class);

    /** For the service loader. */
    public CipherfieldServiceContributor() {}

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        Map<String, Object> settings = builder.getSettings();
        Object ready = settings.get(CipherfieldService.CONFIGURATION);
        Object givenReaders = settings.get(CipherfieldService.LEGACY_READERS);
        Map<String, Object> own = OwnSettings.takenOutOf(settings);
        List<String> secrets = own.entrySet().stream()
                .filter(entry -> OwnSettings.isSecret(entry.getKey())
                        && !entry.getValue().toString().isBlank())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
        if (!secrets.isEmpty()) {
            LOG.warnf(
                    "%s came by property, of persistence.xml say: at level DEBUG, Hibernate's JPA bootstrap (%s) logs all"
                            + " properties of a persistence unit, and these values with them, before anyone can take them out."
                            + " Set environment variables (%s for the key), or name files that hold the secrets (%s),"
                            + " or pass a CipherfieldConfiguration as the property %s.",
                    String.join(" and ", secrets),
                    "org.hibernate.jpa.internal.util.LogHelper, from 7 on org.hibernate.orm.jpa",
                    Setting.KEY.environmentVariable(),
                    Setting.KEY_FILE.environmentVariable(),
                    CipherfieldService.CONFIGURATION);
        }
        SettingSource source = SettingSource.properties(own)
                .orElse(SettingSource.systemProperties())
                .orElse(SettingSource.environment());
        builder.addInitiator(new Initiator(
                () -> read(ready, source),
                installed -> given(givenReaders).and(installed).and(LegacyReaders.from(source))));
    }

    private static CipherfieldConfiguration read(@Nullable Object ready, SettingSource source) {
        if (ready == null) {
            return CipherfieldConfiguration.from(source);
        }
        if (ready instanceof CipherfieldConfiguration configuration) {
            return configuration;
        }
        throw new ConfigurationException(
                "The property " + CipherfieldService.CONFIGURATION + " holds a "
                        + ready.getClass().getName() + " instead of a CipherfieldConfiguration.",
                "Pass a CipherfieldConfiguration, or leave the property out and set "
                        + Setting.KEY.environmentVariable() + ".");
    }

    private static LegacyReaders given(@Nullable Object given) {
        if (given == null) {
            return LegacyReaders.of();
        }
        if (given instanceof LegacyReaders readers) {
            return readers;
        }
        throw new ConfigurationException(
                "The property " + CipherfieldService.LEGACY_READERS + " holds a "
                        + given.getClass().getName() + " instead of LegacyReaders.",
                "Pass LegacyReaders.of(…), or leave the property out.");
    }

    private static final class Initiator implements StandardServiceInitiator<CipherfieldService> {

        private final Supplier<CipherfieldConfiguration> source;
        private final UnaryOperator<LegacyReaders> readers;

        Initiator(Supplier<CipherfieldConfiguration> source, UnaryOperator<LegacyReaders> readers) {
            this.source = source;
            this.readers = readers;
        }

        @Override
        public Class<CipherfieldService> getServiceInitiated() {
            return CipherfieldService.class;
        }

        @Override
        public CipherfieldService initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            ClassLoaderService classLoaders = registry.requireService(ClassLoaderService.class);
            return new CipherfieldService(
                    source, () -> readers.apply(LegacyReaders.of(classLoaders.loadJavaServices(LegacyReader.class))));
        }
    }
}
