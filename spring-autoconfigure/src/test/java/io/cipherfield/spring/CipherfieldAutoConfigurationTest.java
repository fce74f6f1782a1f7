package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.spring.clinic.Patient;
import io.cipherfield.spring.plain.Note;
import jakarta.persistence.EntityManagerFactory;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.util.ClassUtils;

class CipherfieldAutoConfigurationTest {

    private static final CipherKey KEY = CipherKey.parse("k1tKCjt7mDPhOvgvbp14eKczPBGMABC8wr2zv1RrPc0=");
    private static final CipherKey OTHER = CipherKey.parse("H9w345wmMHnCRp6ywEn3Hq4zxWiXEQ4UrTEifIFtn1U=");

    private final ApplicationContextRunner alone =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(CipherfieldAutoConfiguration.class));
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("spring.datasource.generate-unique-name=true", "spring.main.banner-mode=off");

    @Test
    void a_key_among_the_properties_makes_a_configuration() {
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64(), "cipherfield.suite=xaes-256-gcm")
                .run(context -> {
                    CipherfieldConfiguration made = context.getBean(CipherfieldConfiguration.class);
                    assertThat(made.keyring().primary()).isEqualTo(KEY);
                    assertThat(made.suite()).isEqualTo(Suite.XAES_256_GCM);
                });
    }

    @Test
    void without_a_key_there_is_no_configuration() {
        alone.withPropertyValues("cipherfield.suite=xaes-256-gcm")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CipherfieldConfiguration.class));
    }

    @Test
    void a_configuration_of_the_application_replaces_ours() {
        CipherfieldConfiguration own = CipherfieldConfiguration.of(Keyring.of(OTHER));
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .withBean(CipherfieldConfiguration.class, () -> own)
                .run(context -> assertThat(context.getBean(CipherfieldConfiguration.class))
                        .isSameAs(own));
    }

    @Test
    void a_keyring_of_the_application_replaces_the_keys_and_leaves_the_settings() {
        alone.withPropertyValues(
                        "cipherfield.key=" + KEY.toBase64(),
                        "cipherfield.decrypt-only-keys-file=/does/not/exist",
                        "cipherfield.startup-check=warn")
                .withBean(Keyring.class, () -> Keyring.of(OTHER, KEY))
                .run(context -> {
                    CipherfieldConfiguration made = context.getBean(CipherfieldConfiguration.class);
                    assertThat(made.keyring().keys()).containsExactly(OTHER, KEY);
                    assertThat(made.startupCheck()).isEqualTo(StartupCheckMode.WARN);
                });
    }

    @Test
    void a_keyring_of_the_application_needs_no_key_among_the_properties() {
        alone.withBean(Keyring.class, () -> Keyring.of(OTHER))
                .run(context -> assertThat(context.getBean(CipherfieldConfiguration.class)
                                .keyring()
                                .keys())
                        .containsExactly(OTHER));
    }

    @Test
    void nothing_is_configured_without_spring_orm() {
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .withClassLoader(new FilteredClassLoader(AbstractEntityManagerFactoryBean.class))
                .run(context -> assertThat(context).doesNotHaveBean(CipherfieldAutoConfiguration.class));
    }

    @Test
    void nothing_is_configured_without_hibernate() {
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .withClassLoader(new FilteredClassLoader(SessionFactory.class))
                .run(context -> assertThat(context).doesNotHaveBean(CipherfieldAutoConfiguration.class));
    }

    @Test
    void without_actuator_there_is_nothing_to_keep_keys_out_of() {
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .run(context -> assertThat(context).hasBean("cipherfieldSanitizingFunction"));
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasSingleBean(CipherfieldConfiguration.class)
                        .doesNotHaveBean("cipherfieldSanitizingFunction"));
    }

    @Test
    void it_comes_before_hibernate_whose_class_exists_on_this_line() {
        String[] names = CipherfieldAutoConfiguration.class
                .getAnnotation(AutoConfiguration.class)
                .beforeName();

        assertThat(Arrays.stream(names).filter(name -> ClassUtils.isPresent(name, null)))
                .hasSize(1);
    }

    @Test
    void the_factory_of_spring_boot_gets_the_configuration() {
        application
                .withUserConfiguration(EncryptedEntities.class)
                .withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .run(context -> assertThat(configuration(context.getBean(EntityManagerFactory.class)))
                        .isSameAs(context.getBean(CipherfieldConfiguration.class)));
    }

    @Test
    void the_factory_gets_readers_that_are_configured_and_those_that_are_beans() {
        application
                .withUserConfiguration(PlainEntities.class)
                .withBean(LegacyReader.class, OwnReader::new)
                .withPropertyValues("cipherfield.legacy.redash.old.secret=some secret of Redash's")
                .run(context -> {
                    LegacyReaders readers = (LegacyReaders) context.getBean(EntityManagerFactory.class)
                            .getProperties()
                            .get(CipherfieldService.LEGACY_READERS);
                    assertThat(readers.named("own")).isSameAs(context.getBean(LegacyReader.class));
                    assertThat(readers.named("old")).hasToString("legacy reader old (redash)");
                });
    }

    private static final class OwnReader implements LegacyReader {

        @Override
        public String name() {
            return "own";
        }

        @Override
        public Claim claim() {
            return Claim.EVERYTHING;
        }

        @Override
        public boolean recognises(byte[] stored) {
            return false;
        }

        @Override
        public boolean authenticated() {
            return false;
        }

        @Override
        public byte[] read(byte[] stored) {
            return stored.clone();
        }
    }

    @Test
    void without_encrypted_attributes_no_key_is_needed() {
        application
                .withUserConfiguration(PlainEntities.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(EntityManagerFactory.class));
    }

    @Test
    void an_empty_key_file_counts_as_none() {
        application
                .withUserConfiguration(PlainEntities.class)
                .withPropertyValues("cipherfield.key-file=", "cipherfield.decrypt-only-keys-file=")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CipherfieldConfiguration.class));
        alone.withPropertyValues("cipherfield.key=" + KEY.toBase64(), "cipherfield.key-file= ")
                .run(context -> assertThat(context).hasSingleBean(CipherfieldConfiguration.class));
    }

    @Test
    void with_encrypted_attributes_a_missing_key_stops_the_start() {
        application
                .withUserConfiguration(EncryptedEntities.class)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageStartingWith("No encryption key is set."));
    }

    @Test
    void factories_that_the_application_defines_get_the_configuration_unless_they_have_one() {
        application
                .withUserConfiguration(TwoFactories.class)
                .withPropertyValues("cipherfield.key=" + KEY.toBase64())
                .run(context -> {
                    assertThat(configuration(context.getBean("entityManagerFactory", EntityManagerFactory.class))
                                    .keyring()
                                    .primary())
                            .isEqualTo(KEY);
                    assertThat(configuration(context.getBean("second", EntityManagerFactory.class))
                                    .keyring()
                                    .primary())
                            .isEqualTo(OTHER);
                });
    }

    @Test
    void before_a_job_the_start_up_check_only_warns() {
        application
                .withUserConfiguration(EncryptedEntities.class)
                .withPropertyValues("cipherfield.key=" + KEY.toBase64(), "cipherfield.job=reencrypt")
                .run(context -> assertThat(configuration(context.getBean(EntityManagerFactory.class))
                                .startupCheck())
                        .isEqualTo(StartupCheckMode.WARN));
    }

    @Test
    void before_a_job_a_start_up_check_that_is_off_stays_off() {
        application
                .withUserConfiguration(EncryptedEntities.class)
                .withPropertyValues(
                        "cipherfield.key=" + KEY.toBase64(),
                        "cipherfield.job=reencrypt",
                        "cipherfield.startup-check=off")
                .run(context -> assertThat(configuration(context.getBean(EntityManagerFactory.class))
                                .startupCheck())
                        .isEqualTo(StartupCheckMode.OFF));
    }

    private static CipherfieldConfiguration configuration(EntityManagerFactory factory) {
        return factory.unwrap(SessionFactoryImplementor.class)
                .getServiceRegistry()
                .requireService(CipherfieldService.class)
                .configuration();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = Patient.class)
    static class EncryptedEntities {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = Note.class)
    static class PlainEntities {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = Note.class)
    static class TwoFactories {

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            return factory(dataSource);
        }

        @Bean
        LocalContainerEntityManagerFactoryBean second(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = factory(dataSource);
            factory.setJpaPropertyMap(
                    Map.of(CipherfieldService.CONFIGURATION, CipherfieldConfiguration.of(Keyring.of(OTHER))));
            return factory;
        }

        private static LocalContainerEntityManagerFactoryBean factory(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan(Patient.class.getPackageName());
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            return factory;
        }
    }
}
