package io.cipherfield.samples.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on rows that Hibernate 5 stored through the types of jasypt-hibernate5: the application in the folder {@code before} made the script. */
class WrittenByHibernate5Test {

    private static final String KEY = "dOLkM0cDvmBmK/6dVGkHTpkZLWJAgANfTyOz1xWkFXQ=";
    private static final String[] CUSTOMERS = {
        "name=Ada, email=ada@example.org Ω≈ç, discount=7, newsletter=true, born=1996-03-04T09:15:30Z,"
                + " appointment=2026-03-04T10:15:30+01:00[Europe/Berlin], balance=1234.50, contract=contract of Ada, creditLimit=1234.50",
        "name=Grace, email=grace@example.org Ω≈ç, discount=-1, newsletter=false, born=1969-12-31T23:59:59.999Z,"
                + " appointment=2000-01-01T00:59:59.999+01:00[Europe/Berlin], balance=-0.01, contract=contract of Grace, creditLimit=-0.01",
        "name=Nothing, email=null, discount=null, newsletter=null, born=null, appointment=null, balance=null, contract=null, creditLimit=null"
    };

    @TempDir
    private Path folder;

    @Test
    void they_are_read_and_migrated_and_read_again_without_jasypt() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data/shop"))) {
            connection
                    .createStatement()
                    .execute("runscript from 'classpath:written-by-hibernate-5.sql' charset 'UTF-8'");
            connection.createStatement().execute("runscript from 'classpath:columns.sql'");
        }
        Map<String, String> both = Map.of("CIPHERFIELD_KEY", KEY, "JASYPT_PASSWORD", "correct horse");
        assertThat(run(
                        both,
                        "--cipherfield.job=copy",
                        "--cipherfield.job.copy-from=Customer.creditLimitOfJasypt",
                        "--cipherfield.job.copy-to=Customer.creditLimit"))
                .containsPattern("failed +0\\R");
        assertThat(run(both)).contains(CUSTOMERS);
        assertThat(run(both, "--cipherfield.job=reencrypt")).containsPattern("from legacy formats +14\\R");
        assertThat(run(Map.of("CIPHERFIELD_KEY", KEY), "--spring.profiles.active=migrated"))
                .contains(CUSTOMERS);
    }

    private String run(Map<String, String> environment, String... arguments) throws Exception {
        MigrationProcess application = MigrationProcess.run(folder, environment, arguments);
        assertThat(application.exitStatus()).as(application.output()).isZero();
        return application.output();
    }
}
