package io.cipherfield.spring;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

/**
 * Hands the configuration and the readers of other systems' values to every {@code EntityManagerFactory} that Spring builds, also to those that the application defines
 * itself. One that has a configuration already keeps it: that is how two persistence units get keys of their own.
 */
final class EntityManagerFactoryConfigurer implements BeanPostProcessor {

    private final ObjectProvider<CipherfieldConfiguration> configuration;
    private final ObjectProvider<LegacyReader> legacyReaders;
    private final Environment environment;

    EntityManagerFactoryConfigurer(
            ObjectProvider<CipherfieldConfiguration> configuration,
            ObjectProvider<LegacyReader> legacyReaders,
            Environment environment) {
        this.configuration = configuration;
        this.legacyReaders = legacyReaders;
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof AbstractEntityManagerFactoryBean factory) {
            Map<String, Object> properties = factory.getJpaPropertyMap();
            if (!properties.containsKey(CipherfieldService.CONFIGURATION)) {
                CipherfieldConfiguration found = configuration.getIfAvailable();
                if (found != null) {
                    properties.put(CipherfieldService.CONFIGURATION, forStart(found));
                }
            }
            if (!properties.containsKey(CipherfieldService.LEGACY_READERS)) {
                properties.put(CipherfieldService.LEGACY_READERS, readers());
            }
        }
        return bean;
    }

    private LegacyReaders readers() {
        return LegacyReaders.of(legacyReaders.orderedStream().toList())
                .and(LegacyReaders.from(new EnvironmentSettings(environment)));
    }

    /** Before a job the start-up check only warns: a mixture of keys is what the job is there to end. */
    private CipherfieldConfiguration forStart(CipherfieldConfiguration found) {
        boolean fails = found.startupCheck() == StartupCheckMode.FAIL;
        return fails && Job.isAskedFor(environment) ? found.withStartupCheck(StartupCheckMode.WARN) : found;
    }
}
