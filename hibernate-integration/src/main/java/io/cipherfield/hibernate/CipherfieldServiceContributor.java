package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
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
        Map<String, Object> own = new HashMap<>();
        List<String> secrets = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Object value = settings.get(setting.property());
            if (value != null && !isSystemProperty(setting, value)) {
                if (setting.secret() && !value.toString().isBlank()) {
                    secrets.add(setting.property());
                }
                own.put(setting.property(), value);
            }
            if (setting.secret()) {
                settings.remove(setting.property());
            }
        }
        if (!secrets.isEmpty()) {
            LOG.warnf(
                    "%s came by property, of persistence.xml say: at level DEBUG, Hibernate's JPA bootstrap (%s) logs all"
                            + " properties of a persistence unit, and these values with them, before anyone can take them out."
                            + " Set the environment variable %s, or %s to a file that holds the key,"
                            + " or pass a CipherfieldConfiguration as the property %s.",
                    String.join(" and ", secrets),
                    "org.hibernate.jpa.internal.util.LogHelper, from 7 on org.hibernate.orm.jpa",
                    Setting.KEY.environmentVariable(),
                    Setting.KEY_FILE.environmentVariable(),
                    CipherfieldService.CONFIGURATION);
        }
        Object givenReaders = settings.get(CipherfieldService.LEGACY_READERS);
        builder.addInitiator(new Initiator(() -> read(ready, own), () -> readers(givenReaders)));
    }

    /** Hibernate mixes system properties into its settings, and a message should name the place where a person set it. */
    private static boolean isSystemProperty(Setting setting, Object value) {
        return value.toString().equals(System.getProperty(setting.property()));
    }

    private static CipherfieldConfiguration read(@Nullable Object ready, Map<String, Object> settings) {
        if (ready == null) {
            return CipherfieldConfiguration.from(SettingSource.properties(settings)
                    .orElse(SettingSource.systemProperties())
                    .orElse(SettingSource.environment()));
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

    private static LegacyReaders readers(@Nullable Object given) {
        LegacyReaders installed = LegacyReaders.installed(LegacyReader.class.getClassLoader());
        if (given == null) {
            return installed;
        }
        if (given instanceof LegacyReaders readers) {
            return readers.and(installed);
        }
        throw new ConfigurationException(
                "The property " + CipherfieldService.LEGACY_READERS + " holds a "
                        + given.getClass().getName() + " instead of LegacyReaders.",
                "Pass LegacyReaders.of(…), or leave the property out.");
    }

    private static final class Initiator implements StandardServiceInitiator<CipherfieldService> {

        private final Supplier<CipherfieldConfiguration> source;
        private final Supplier<LegacyReaders> readers;

        Initiator(Supplier<CipherfieldConfiguration> source, Supplier<LegacyReaders> readers) {
            this.source = source;
            this.readers = readers;
        }

        @Override
        public Class<CipherfieldService> getServiceInitiated() {
            return CipherfieldService.class;
        }

        @Override
        public CipherfieldService initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new CipherfieldService(source, readers);
        }
    }
}
