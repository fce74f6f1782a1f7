package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real columns are found under whatever name, in whatever schema, table of an entity or place of the mapping. */
class NamesTest {

    @Entity(name = "Quoted")
    @Table(name = "`My_File%`", schema = "`Ward_1`")
    static class Quoted {
        @Id
        Long id = 1L;

        @Encrypted
        @Column(name = "`Social_No`")
        String ssn;

        @Encrypted
        String plainName;
    }

    @Entity(name = "QuotedInCatalog")
    @Table(name = "`My_File%`", catalog = "`Ward_1`")
    static class QuotedInCatalog extends Base {
        @Encrypted
        @Column(name = "`Social_No`")
        String ssn;

        @Encrypted
        String plainName;
    }

    @MappedSuperclass
    static class Base {
        @Id
        Long id = 1L;
    }

    private static String[] quoted(TestDatabase kind, String... statements) {
        char quote = kind == TestDatabase.MARIADB ? '`' : '"';
        return Arrays.stream(statements).map(sql -> sql.replace('\'', quote)).toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void quoted_names_with_wildcards_in_another_schema_are_found_beside_their_likes(TestDatabase kind) {
        ColumnCheckUnit unit = new ColumnCheckUnit(kind.fresh());
        if (kind == TestDatabase.MARIADB) {
            unit.execute("drop database if exists `Ward_1`", "drop database if exists `WardX1`");
        }
        String fits = kind == TestDatabase.MARIADB ? "varchar(1083) collate ascii_bin" : "varchar(1083)";
        unit.execute(quoted(
                kind,
                "create schema 'WardX1'",
                "create table 'WardX1'.'My_File%' (id bigint primary key, 'Social_No' " + fits + ", plain_name " + fits
                        + ")",
                "create schema 'Ward_1'",
                "create table 'Ward_1'.'MyXFile%' (id bigint primary key, 'Social_No' " + fits + ", plain_name " + fits
                        + ")",
                "create table 'Ward_1'.'My_File%' (id bigint primary key, 'Social_No' varchar(20), 'SocialXNo' " + fits
                        + ", plain_name varchar(20))"));
        unit.set("hibernate.physical_naming_strategy", AsWritten.class.getName());
        Class<?> entity = kind == TestDatabase.MARIADB ? QuotedInCatalog.class : Quoted.class;
        assertThat(unit.errors(entity))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith(quoted(kind, "'Ward_1'.'My_File%'.")[0]));
        assertThat(unit.statements()).hasSize(2);
        unit.follow().start(entity).close();
        assertThat(unit.advice()).isEmpty();
    }

    /** Unquoted names in snake case, quoted ones as written. */
    public static final class AsWritten extends CamelCaseToUnderscoresNamingStrategy {
        @Override
        public Identifier toPhysicalColumnName(Identifier name, JdbcEnvironment environment) {
            return name.isQuoted() ? name : super.toPhysicalColumnName(name, environment);
        }

        @Override
        public Identifier toPhysicalTableName(Identifier name, JdbcEnvironment environment) {
            return name;
        }

        @Override
        public Identifier toPhysicalSchemaName(Identifier name, JdbcEnvironment environment) {
            return name;
        }

        @Override
        public Identifier toPhysicalCatalogName(Identifier name, JdbcEnvironment environment) {
            return name;
        }
    }

    @Entity(name = "Person")
    @Table(name = "person")
    @SecondaryTable(name = "person_more")
    @Inheritance(strategy = InheritanceType.JOINED)
    @Audited
    static class Person {
        @Id
        Long id = 1L;

        @Encrypted
        String firstName;

        @Encrypted
        @Column(table = "person_more")
        String more;

        @Encrypted
        @ElementCollection
        @CollectionTable(name = "person_tag")
        @Column(name = "tag")
        @NotAudited
        List<String> tags = new ArrayList<>();
    }

    @Entity(name = "Employee")
    @Table(name = "employee")
    @Audited
    static class Employee extends Person {
        @Encrypted(storage = Storage.BINARY)
        Integer badge;
    }

    @ParameterizedTest
    @EnumSource
    void each_table_of_a_mapping_is_checked(TestDatabase kind) {
        ColumnCheckUnit unit = new ColumnCheckUnit(kind.fresh()).set("hibernate.hbm2ddl.auto", "create");
        unit.start(Person.class, Employee.class).close();
        assertThat(unit.advice()).isEmpty();
        String shorter = kind == TestDatabase.MARIADB
                ? "modify %s varchar(9) collate ascii_bin"
                : "alter column %s set data type varchar(9)";
        String number = kind == TestDatabase.MARIADB
                ? "modify badge varbinary(9)"
                : "alter column badge set data type varbinary(9)";
        for (String column : List.of(
                "person.firstName",
                "person_more.more",
                "person_tag.tag",
                "person_AUD.firstName",
                "person_more_AUD.more")) {
            String[] names = column.split("\\.");
            unit.execute("alter table " + names[0] + " " + shorter.formatted(names[1]));
        }
        if (kind != TestDatabase.POSTGRESQL) {
            unit.execute("alter table employee " + number, "alter table employee_AUD " + number);
        }
        unit.set("hibernate.hbm2ddl.auto", "none");
        assertThat(unit.errors(Person.class, Employee.class))
                .hasSize(kind == TestDatabase.POSTGRESQL ? 5 : 7)
                .anySatisfy(line -> assertThat(line).startsWith("person_AUD.firstName"))
                .anySatisfy(line -> assertThat(line).startsWith("person_tag.tag"));
        unit.follow().start(Person.class, Employee.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @Entity(name = "Patient")
    @Table(name = "patient_file")
    static class Patient {
        @Id
        Long id = 1L;

        @Encrypted
        String ssn;
    }

    @Test
    void postgresqls_search_path_finds_what_is_not_in_the_first_schema() {
        ColumnCheckUnit unit = new ColumnCheckUnit(TestDatabase.POSTGRESQL.fresh())
                .execute(
                        "create schema later",
                        "create table later.patient_file (id bigint primary key, ssn varchar(20)) partition by range (id)",
                        "create table later.part partition of later.patient_file for values from (1) to (9)",
                        "create index \"By S\" on later.patient_file (ssn)",
                        "do $$ begin execute 'alter database ' || current_database() || ' set search_path to public, later'; end $$");
        assertThat(unit.errors(Patient.class)).hasSize(1);
        unit.follow().start(Patient.class).close();
        assertThat(unit.advice()).singleElement().asString().contains("By S");
        assertThat(unit.statements()).containsExactly("drop index \"later\".\"By S\";");
        unit.follow().start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_default_schema_of_the_settings_counts(TestDatabase kind) {
        ColumnCheckUnit unit = new ColumnCheckUnit(kind.fresh());
        String fits = kind == TestDatabase.MARIADB ? "varchar(1083) collate ascii_bin" : "varchar(1083)";
        if (kind == TestDatabase.MARIADB) {
            unit.execute("drop database if exists elsewhere");
        }
        unit.execute(
                        "create table patient_file (id bigint primary key, ssn " + fits + ")",
                        "create schema elsewhere",
                        "create table elsewhere.patient_file (id bigint primary key, ssn varchar(20))")
                .set(
                        kind == TestDatabase.MARIADB ? "hibernate.default_catalog" : "hibernate.default_schema",
                        "elsewhere");
        assertThat(unit.errors(Patient.class)).singleElement().asString().startsWith("elsewhere.patient_file.ssn");
        unit.follow().start(Patient.class).close();
    }
}
