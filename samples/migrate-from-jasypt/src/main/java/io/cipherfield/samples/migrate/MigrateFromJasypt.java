package io.cipherfield.samples.migrate;

import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Lists the customers. With {@code --old-application} stores some as jasypt-hibernate did, and with {@code --demo} goes the whole way, with keys
 * and a database of its own.
 */
@SpringBootApplication
public class MigrateFromJasypt {

    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--demo")) {
            System.exit(new Demo(System.out).run() ? 0 : 1);
        }
        if (List.of(args).contains("--old-application")) {
            new OldApplication(System.getenv("JASYPT_PASSWORD"))
                    .write("jdbc:h2:file:./data/shop", OldApplication.customers(3));
            return;
        }
        SpringApplication.run(MigrateFromJasypt.class, args);
    }

    @Bean
    @Profile("!demo")
    ApplicationRunner list(Customers customers) {
        return arguments -> customers.all().forEach(System.out::println);
    }

    @Configuration
    @Profile("!migrated")
    @EntityScan("io.cipherfield.samples.migrate.migrating")
    static class Migrating {}

    @Configuration
    @Profile("migrated")
    @EntityScan("io.cipherfield.samples.migrate.migrated")
    static class Migrated {}
}
