package io.cipherfield.samples.migrate;

import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.ReencryptionListener;
import io.cipherfield.hibernate.reencrypt.Report;
import io.cipherfield.samples.migrate.migrating.Customer;
import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;

/** The application in this process, as the demonstration starts it. */
final class RunningApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningApplication start(String url, Map<String, String> settings, String... profiles) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("spring.datasource.url", url);
        all.put("spring.config.location", "classpath:/");
        all.put("spring.main.banner-mode", "off");
        all.put("logging.level.root", "error");
        return new RunningApplication(new SpringApplicationBuilder(MigrateFromJasypt.class)
                .environment(only(all))
                .profiles(profiles)
                .web(WebApplicationType.NONE)
                .run());
    }

    /** These settings and no others: a demonstration must not find its user's real keys and database. */
    private static ConfigurableEnvironment only(Map<String, Object> settings) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.addFirst(new MapPropertySource("demo", settings));
        return environment;
    }

    List<CustomerData> customers() {
        return context.getBean(Customers.class).all();
    }

    /** As the database holds them. */
    List<Map<String, @Nullable Object>> storedRows() {
        return context.getBean(JdbcTemplate.class).queryForList("select * from customer order by id");
    }

    Reencryption reencryption() {
        return Reencryption.of(context.getBean(EntityManagerFactory.class));
    }

    Report copyCreditLimits(ReencryptionListener listener) {
        return reencryption().listener(listener).copy(Customer.class, "creditLimitOfJasypt", "creditLimit");
    }

    @Override
    public void close() {
        context.close();
    }
}
