package io.cipherfield.spring;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

/**
 * Hands the configuration to every {@code EntityManagerFactory} that Spring builds, also to those that the application defines
 * itself. One that has a configuration already keeps it: that is how two persistence units get keys of their own.
 */
final class EntityManagerFactoryConfigurer implements BeanPostProcessor {

    private final ObjectProvider<CipherfieldConfiguration> configuration;
    private final Environment environment;

    EntityManagerFactoryConfigurer(ObjectProvider<CipherfieldConfiguration> configuration, Environment environment) {
        this.configuration = configuration;
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof AbstractEntityManagerFactoryBean factory
                && !factory.getJpaPropertyMap().containsKey(CipherfieldService.CONFIGURATION)) {
            CipherfieldConfiguration found = configuration.getIfAvailable();
            if (found != null) {
                factory.getJpaPropertyMap().put(CipherfieldService.CONFIGURATION, forStart(found));
            }
        }
        return bean;
    }

    /** Before a job the start-up check only warns: a mixture of keys is what the job is there to end. */
    private CipherfieldConfiguration forStart(CipherfieldConfiguration found) {
        boolean fails = found.startupCheck() == StartupCheckMode.FAIL;
        return fails && Job.isAskedFor(environment) ? found.withStartupCheck(StartupCheckMode.WARN) : found;
    }
}
