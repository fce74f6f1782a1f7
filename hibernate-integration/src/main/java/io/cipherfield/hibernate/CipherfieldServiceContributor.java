package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.SettingSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Gives each registry a {@link CipherfieldService}; found by Hibernate's service loader. Keys are taken out of the settings, so that neither
 * {@code SessionFactory.getProperties()} nor a log of the settings shows them.
 */
public final class CipherfieldServiceContributor implements ServiceContributor {

    /** For the service loader. */
    public CipherfieldServiceContributor() {}

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        Map<String, Object> settings = builder.getSettings();
        Object ready = settings.get(CipherfieldService.CONFIGURATION);
        Map<String, Object> own = new HashMap<>();
        for (Setting setting : Setting.values()) {
            Object value = settings.get(setting.property());
            if (value != null) {
                own.put(setting.property(), value);
            }
            if (setting.secret()) {
                settings.remove(setting.property());
            }
        }
        builder.addInitiator(new Initiator(() -> read(ready, own)));
    }

    private static CipherfieldConfiguration read(@Nullable Object ready, Map<String, Object> settings) {
        if (ready == null) {
            return CipherfieldConfiguration.from(
                    SettingSource.properties(settings).orElse(SettingSource.environment()));
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

    private static final class Initiator implements StandardServiceInitiator<CipherfieldService> {

        private final Supplier<CipherfieldConfiguration> source;

        Initiator(Supplier<CipherfieldConfiguration> source) {
            this.source = source;
        }

        @Override
        public Class<CipherfieldService> getServiceInitiated() {
            return CipherfieldService.class;
        }

        @Override
        public CipherfieldService initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            return new CipherfieldService(source);
        }
    }
}
