package io.cipherfield.samples.vault;

import io.cipherfield.CipherKey;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import jakarta.persistence.EntityManagerFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The vault in this process, without its web server, on a database that the next one finds again. */
final class DemoVault implements AutoCloseable {

    private static final int PAGE_IN_ROWS = 5_000;

    private final ConfigurableApplicationContext application;

    private DemoVault(ConfigurableApplicationContext application) {
        this.application = application;
    }

    static final String IN_MEMORY = "jdbc:h2:mem:demo;DB_CLOSE_DELAY=-1";

    static DemoVault start(String url, CipherKey key, CipherKey... decryptOnly) {
        String decryptOnlyKeys =
                Arrays.stream(decryptOnly).map(CipherKey::toBase64).collect(Collectors.joining(","));
        Map<String, Object> settings = Map.of(
                Setting.KEY.property(),
                key.toBase64(),
                Setting.DECRYPT_ONLY_KEYS.property(),
                decryptOnlyKeys,
                "spring.datasource.url",
                url,
                "spring.jpa.properties.hibernate.jdbc.batch_size",
                "100",
                "spring.config.location",
                "classpath:/",
                "spring.main.banner-mode",
                "off",
                "logging.level.root",
                "warn");
        return new DemoVault(new SpringApplicationBuilder(CredentialVault.class)
                .environment(only(settings))
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

    void store(List<Credentials> credentials) {
        connections()
                .saveAll(credentials.stream().map(DataSourceConnection::new).toList());
    }

    /** In a transaction of its own; nothing happens if there is no such connection. */
    void update(long id, Consumer<DataSourceConnection> change) {
        application
                .getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> connections().findById(id).ifPresent(change));
    }

    /** As the application reads them, page by page. */
    void forEach(Consumer<Credentials> consumer) {
        Pageable page = PageRequest.of(0, PAGE_IN_ROWS, Sort.by("id"));
        while (page.isPaged()) {
            Slice<DataSourceConnection> found = connections().findAllBy(page);
            found.forEach(connection -> consumer.accept(connection.credentials()));
            page = found.nextPageable();
        }
    }

    /** As the application reads them, in the order in which they were stored. */
    List<Credentials> credentials() {
        return connections().findAll(Sort.by("id")).stream()
                .map(DataSourceConnection::credentials)
                .toList();
    }

    /** As the database holds them, in the same order. */
    List<StoredRow> storedRows() {
        return application.getBean(JdbcTemplate.class).queryForList("""
                        select id, name, url, user_name, password, oauth_token, api_key, expires
                        from data_source_connection order by id""").stream()
                .map(StoredRow::new)
                .toList();
    }

    Reencryption reencryption() {
        return Reencryption.of(application.getBean(EntityManagerFactory.class));
    }

    private ConnectionRepository connections() {
        return application.getBean(ConnectionRepository.class);
    }

    @Override
    public void close() {
        application.close();
    }
}
