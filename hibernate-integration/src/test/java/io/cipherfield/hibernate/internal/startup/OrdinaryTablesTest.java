package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.catalogue.EncryptedTable;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables as the mapping makes them are told at once, on each database; others are not taken for such. */
class OrdinaryTablesTest {

    @Entity(name = "Patient")
    @Table(name = "`Patient_File`")
    static class Patient {
        @Id
        Long id;

        @Encrypted
        String ssn;

        @Encrypted(storage = Storage.BINARY)
        String notes;
    }

    @Entity(name = "Visit")
    @Table(name = "visit")
    static class Visit {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        String doctor;

        @Encrypted
        String reason;
    }

    @ParameterizedTest
    @EnumSource
    void what_the_mapping_makes_is_ordinary_and_what_was_changed_is_not(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        Configuration settings =
                new Configuration().addAnnotatedClass(Patient.class).addAnnotatedClass(Visit.class);
        settings.getProperties().putAll(database.settings());
        settings.setProperty("hibernate.hbm2ddl.auto", "create");
        settings.getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(Keyring.of(CipherKey.parse("a1".repeat(31) + "00"))));
        String patient = kind == TestDatabase.MARIADB ? "`Patient_File`" : "\"Patient_File\"";
        String missing = "drop table " + patient;
        String shorter = kind == TestDatabase.MARIADB
                ? "alter table visit modify doctor varchar(9) collate ascii_bin"
                : "alter table visit alter column doctor set data type varchar(9)";
        try (SessionFactory factory = settings.buildSessionFactory();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThat(ordinary(factory, connection)).containsExactlyInAnyOrder(patient, "visit");
            statement.execute("create index by_doctor on visit (doctor)");
            assertThat(ordinary(factory, connection)).containsExactlyInAnyOrder(patient, "visit");
            statement.execute("alter table " + patient + " alter column ssn set default 'x'");
            assertThat(ordinary(factory, connection)).containsExactly("visit");
            statement.execute("alter table " + patient + " alter column ssn drop default");
            assertThat(ordinary(factory, connection)).containsExactlyInAnyOrder(patient, "visit");
            statement.execute(
                    kind == TestDatabase.MARIADB
                            ? "create unique index by_ssn on " + patient + " (ssn(9))"
                            : "create unique index by_ssn on " + patient + " (ssn)");
            assertThat(ordinary(factory, connection)).containsExactly("visit");
            statement.execute(missing);
            assertThat(ordinary(factory, connection)).containsExactly("visit");
            statement.execute(shorter);
            assertThat(ordinary(factory, connection)).isEmpty();
        }
    }

    private static List<String> ordinary(SessionFactory factory, Connection connection) throws SQLException {
        return OrdinaryTables.among(
                        connection,
                        factory.unwrap(SessionFactoryImplementor.class)
                                .getJdbcServices()
                                .getDialect(),
                        EncryptedColumns.of(factory).byTable(),
                        5)
                .stream()
                .map(EncryptedTable::name)
                .toList();
    }
}
