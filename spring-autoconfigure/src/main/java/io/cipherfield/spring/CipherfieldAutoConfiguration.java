package io.cipherfield.spring;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.legacy.LegacyReader;
import org.hibernate.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

/**
 * Gives every {@code EntityManagerFactory} the keys and settings from Spring's environment: {@code cipherfield.key} and its
 * siblings, {@code CIPHERFIELD_KEY} and its siblings, mounted config trees. A {@link Keyring} bean of the application replaces
 * the keys, and a {@link CipherfieldConfiguration} bean replaces everything. Each bean of type {@link LegacyReader} can be named by
 * {@code @Encrypted(legacy = …)}, as those that {@code cipherfield.legacy} configures.
 */
// By name, since the class moved in Spring Boot 4.
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@ConditionalOnClass({AbstractEntityManagerFactoryBean.class, SessionFactory.class})
@Import(ActuatorConfiguration.class)
public final class CipherfieldAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean({CipherfieldConfiguration.class, Keyring.class})
    @Conditional(KeyIsSet.class)
    CipherfieldConfiguration cipherfieldConfiguration(Environment environment) {
        return CipherfieldConfiguration.from(new EnvironmentSettings(environment));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(Keyring.class)
    CipherfieldConfiguration cipherfieldConfigurationOfKeyring(Keyring keyring, Environment environment) {
        return CipherfieldConfiguration.from(keyring, new EnvironmentSettings(environment));
    }

    /** Static, so that this class is not created before all bean post-processors are. */
    @Bean
    static EntityManagerFactoryConfigurer cipherfieldEntityManagerFactoryConfigurer(
            ObjectProvider<CipherfieldConfiguration> configuration,
            ObjectProvider<LegacyReader> legacyReaders,
            Environment environment) {
        return new EntityManagerFactoryConfigurer(configuration, legacyReaders, environment);
    }
}
