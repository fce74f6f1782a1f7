package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.OracleDialect;
import org.hibernate.dialect.SQLServerDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;

/** The statements for databases that are not run, as text. */
class AlterTableTest {

    @Entity(name = "Patient")
    @Table(name = "patient", schema = "clinic")
    static class Patient {
        @Id
        Long id;

        @Encrypted
        @Column(name = "`Social No`", length = 100)
        String ssn;

        @Encrypted
        Integer age;
    }

    private static final TableName TABLE = new TableName(null, "CLINIC", "PATIENT");
    private static final RealIndex UNIQUE =
            new RealIndex(TABLE, "Patient Ssn", true, List.of("Social No"), null, false);
    private static final RealIndex INDEX = new RealIndex(TABLE, "BY_SSN", false, List.of("Social No"), null, false);

    private static RealColumn real(String name, ColumnKind kind, String type) {
        return new RealColumn(name, kind, type, 20, false, null, false, "", null, false);
    }

    private static List<String> statements(Class<? extends Dialect> dialect) {
        Configuration settings = new Configuration().addAnnotatedClass(Patient.class);
        settings.setProperty("hibernate.dialect", dialect.getName());
        settings.setProperty("hibernate.boot.allow_jdbc_metadata_access", "false");
        settings.getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(
                                        Keyring.of(CipherKey.parse("WEhhJ7OK3NNFqRvmXUI3pKuPMyoIxXIvciSTZiBV7GY=")))
                                .withStartupCheck(StartupCheckMode.OFF));
        try (SessionFactory factory = settings.buildSessionFactory()) {
            AlterTable alter = new AlterTable(factory.unwrap(SessionFactoryImplementor.class)
                    .getJdbcServices()
                    .getDialect());
            List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
            EncryptedColumn age = columns.get(0);
            EncryptedColumn ssn = columns.get(1);
            List<String> statements =
                    new ArrayList<>(alter.retype(ssn, real("Social No", ColumnKind.CHARACTERS, "varchar(20)"), false));
            statements.add(alter.drop(ssn, UNIQUE));
            statements.add(alter.drop(ssn, INDEX));
            statements.addAll(alter.dropDefault(ssn));
            statements.addAll(alter.moveAside(age, real("age", ColumnKind.OTHER, "int")));
            return statements;
        }
    }

    @Test
    void mysql() {
        assertThat(statements(MySQLDialect.class))
                .containsExactly(
                        "alter table patient modify column `Social No` varchar(463) character set ascii collate ascii_bin not null;",
                        "alter table patient drop index `Patient Ssn`;",
                        "alter table patient drop index `BY_SSN`;",
                        "alter table patient alter column `Social No` drop default;",
                        "alter table patient change age age_plain int null;",
                        "alter table patient add column age varbinary(51);");
    }

    @Test
    void oracle() {
        assertThat(statements(OracleDialect.class))
                .containsExactly(
                        "alter table clinic.patient modify \"Social No\" varchar2(463 char);",
                        "alter table clinic.patient drop constraint \"Patient Ssn\";",
                        "drop index \"CLINIC\".\"BY_SSN\";",
                        "alter table clinic.patient modify \"Social No\" default null;",
                        "alter table clinic.patient rename column age to age_plain;",
                        "alter table clinic.patient modify age_plain null;",
                        "alter table clinic.patient add age raw(51);");
    }

    @Test
    void sql_server() {
        assertThat(statements(SQLServerDialect.class))
                .containsExactly(
                        "alter table clinic.patient alter column [Social No] varchar(463) collate Latin1_General_100_BIN2 not null;",
                        "alter table clinic.patient drop constraint [Patient Ssn];",
                        "drop index [BY_SSN] on clinic.patient;",
                        "exec sp_rename 'clinic.patient.age', 'age_plain', 'COLUMN';",
                        "alter table clinic.patient alter column age_plain int null;",
                        "alter table clinic.patient add age varbinary(51);");
    }
}
