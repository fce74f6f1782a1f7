package io.cipherfield.hibernate.internal.startup;

import static io.cipherfield.hibernate.testing.TestDatabase.H2;
import static io.cipherfield.hibernate.testing.TestDatabase.MARIADB;
import static io.cipherfield.hibernate.testing.TestDatabase.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that were made by hand; each finding's own statements are executed, and the next start has nothing to say. */
class ColumnCheckTest {

    @Entity(name = "Patient")
    @Table(name = "patient_file")
    static class Patient {
        @Id
        Long id = 1L;

        @Encrypted
        String ssn;
    }

    @Entity(name = "TaxPayer")
    @Table(name = "patient_file")
    static class TaxPayer {
        @Id
        Long id = 1L;

        @Encrypted(deterministic = true)
        String ssn;
    }

    @Entity(name = "Document")
    @Table(name = "patient_file")
    static class Document {
        @Id
        Long id = 1L;

        @Encrypted(storage = Storage.BINARY, context = "Patient.ssn")
        String ssn;
    }

    @Entity(name = "Birth")
    @Table(name = "patient_file")
    static class Birth {
        @Id
        Long id = 1L;

        @Encrypted
        LocalDate ssn;
    }

    @Entity(name = "Large")
    @Table(name = "patient_file")
    static class Large {
        @Id
        Long id = 1L;

        @Encrypted
        @Lob
        String ssn;
    }

    @Entity(name = "Defined")
    @Table(name = "patient_file")
    static class Defined {
        @Id
        Long id = 1L;

        @Encrypted(storage = Storage.TEXT)
        @Column(columnDefinition = "varchar(60)")
        Integer ssn;
    }

    /** A table with one column besides its key. */
    private static ColumnCheckUnit table(TestDatabase kind, String type) {
        return new ColumnCheckUnit(kind.fresh())
                .execute("create table patient_file (id bigint primary key, ssn " + type + ")");
    }

    private static void writeAndRead(SessionFactory factory) {
        String longest = "\u4E2D".repeat(255);
        factory.inTransaction(session -> {
            Patient patient = new Patient();
            patient.ssn = longest;
            session.persist(patient);
        });
        assertThat(factory.fromTransaction(session -> session.find(Patient.class, 1L)).ssn)
                .isEqualTo(longest);
    }

    @ParameterizedTest
    @EnumSource
    void a_column_that_is_too_short_is_named_with_what_it_is_and_what_is_needed(TestDatabase kind) {
        ColumnCheckUnit unit = table(kind, "varchar(20) not null");
        String there = kind == H2 ? "character varying(20)" : "varchar(20)";
        assertThat(unit.errors(Patient.class))
                .containsExactly("patient_file.ssn (" + Patient.class.getName() + ".ssn): is " + there
                        + ", and its longest ciphertext has 1083 characters");
        assertThat(unit.statements())
                .containsExactly(
                        switch (kind) {
                            case H2, POSTGRESQL ->
                                "alter table patient_file alter column ssn set data type varchar(1083);";
                            case MARIADB ->
                                "alter table patient_file modify column ssn varchar(1083) character set ascii collate ascii_bin not null;";
                        });
        try (SessionFactory factory = unit.follow().start(Patient.class)) {
            writeAndRead(factory);
        }
        assertThat(unit.advice()).isEmpty();
        assertThat(unit.refused("insert into patient_file (id, ssn) values (7, null)"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "H2, varchar",
        "H2, clob",
        "H2, clob(1083)",
        "H2, varchar(1083)",
        "POSTGRESQL, text",
        "POSTGRESQL, varchar",
        "POSTGRESQL, varchar(1083)",
        "POSTGRESQL, text collate \"C\"",
        "MARIADB, text collate ascii_bin",
        "MARIADB, longtext collate utf8mb4_bin",
        "MARIADB, varchar(1083) collate latin1_general_cs"
    })
    void columns_of_text_that_take_the_longest_ciphertext_fit(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type);
        try (SessionFactory factory = unit.start(Patient.class)) {
            writeAndRead(factory);
        }
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "H2, varbinary",
        "H2, blob",
        "H2, varbinary(812)",
        "POSTGRESQL, bytea",
        "MARIADB, blob",
        "MARIADB, varbinary(812)"
    })
    void columns_of_bytes_that_take_the_longest_ciphertext_fit(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type);
        unit.start(Document.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"H2, varbinary(811)", "MARIADB, varbinary(811)", "MARIADB, tinyblob", "H2, blob(20)"})
    void bytes_are_counted_in_columns_of_bytes(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type);
        assertThat(unit.errors(Document.class)).singleElement().asString().endsWith("longest ciphertext has 812 bytes");
        unit.follow().start(Document.class).close();
    }

    @ParameterizedTest
    @CsvSource({"H2, char(2000)", "POSTGRESQL, char(2000)"})
    void a_column_that_pads_is_made_one_that_does_not(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type).execute("insert into patient_file values (7, 'clear text')");
        unit.plaintext(PlaintextPolicy.ALLOW);
        assertThat(unit.errors(Patient.class)).singleElement().asString().contains("blanks", "varchar(1083)");
        try (SessionFactory factory = unit.follow().start(Patient.class)) {
            writeAndRead(factory);
            assertThat(factory.fromTransaction(session -> session.find(Patient.class, 7L)).ssn)
                    .isEqualTo("clear text");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H2, date",
        "POSTGRESQL, date",
        "MARIADB, date",
        "H2, uuid",
        "POSTGRESQL, json",
        "MARIADB, json",
        "MARIADB, enum('a')",
        "MARIADB, binary(16)",
        "H2, binary(16)",
        "POSTGRESQL, char(10)",
        "POSTGRESQL, oid",
        "POSTGRESQL, numeric"
    })
    void a_column_of_another_type_is_moved_aside(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type);
        assertThat(unit.errors(Birth.class)).singleElement().asString().contains("in BINARY storage needs");
        unit.follow().start(Birth.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void values_of_another_type_are_kept(TestDatabase kind) {
        ColumnCheckUnit unit =
                table(kind, "date not null").execute("insert into patient_file values (7, '2001-02-03')");
        unit.errors(Birth.class);
        assertThat(unit.statements()).hasSize(kind == MARIADB ? 2 : 3);
        try (SessionFactory factory = unit.follow().start(Birth.class)) {
            factory.inTransaction(session -> {
                LocalDate kept = session.createNativeQuery(
                                "select ssn_plain from patient_file where id = 7", LocalDate.class)
                        .getSingleResult();
                session.find(Birth.class, 7L).ssn = kept;
                Birth other = new Birth();
                other.ssn = LocalDate.EPOCH;
                session.persist(other);
            });
            assertThat(factory.fromTransaction(session -> session.find(Birth.class, 7L)).ssn)
                    .isEqualTo("2001-02-03");
        }
    }

    @ParameterizedTest
    @EnumSource
    void plaintext_that_its_new_type_could_not_read_is_moved_aside(TestDatabase kind) {
        ColumnCheckUnit unit = table(kind, "varchar(2000)").execute("insert into patient_file values (7, 'clear')");
        assertThat(unit.errors(Document.class)).singleElement().asString().contains("BINARY storage needs");
        assertThat(unit.message()).doesNotContain("not encrypted", "clear'");
        unit.follow().start(Document.class).close();
        assertThat(unit.query("select ssn_plain from patient_file")).containsExactly("clear");
    }

    @ParameterizedTest
    @EnumSource
    void ciphertext_in_text_becomes_bytes_with_its_values(TestDatabase kind) {
        ColumnCheckUnit unit = table(kind, (kind == MARIADB ? "text" : "varchar(2000) default 'x'"));
        unit.plaintext(PlaintextPolicy.ALLOW);
        try (SessionFactory factory = unit.start(Patient.class)) {
            writeAndRead(factory);
        }
        unit.plaintext(PlaintextPolicy.REFUSE);
        assertThat(unit.errors(Document.class)).last().asString().contains("BINARY storage needs");
        try (SessionFactory factory = unit.follow().start(Document.class)) {
            assertThat(factory.fromTransaction(session -> session.find(Document.class, 1L)).ssn)
                    .hasSize(255);
        }
    }

    @Test
    void ciphertext_in_bytes_becomes_text_with_its_values_on_postgresql() {
        ColumnCheckUnit unit = table(POSTGRESQL, "bytea");
        try (SessionFactory factory = unit.start(Document.class)) {
            factory.inTransaction(session -> {
                Document document = new Document();
                document.ssn = "\u4E2D".repeat(200);
                session.persist(document);
            });
        }
        assertThat(unit.errors(Patient.class))
                .singleElement()
                .asString()
                .contains("in TEXT storage needs varchar(1083)");
        try (SessionFactory factory = unit.follow().start(Patient.class)) {
            assertThat(factory.fromTransaction(session -> session.find(Patient.class, 1L)).ssn)
                    .hasSize(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, varbinary(1083)", "H2, blob", "MARIADB, varbinary(1083)", "MARIADB, blob"})
    void text_in_a_column_of_bytes_works_and_is_worth_a_warning(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type);
        try (SessionFactory factory = unit.start(Patient.class)) {
            writeAndRead(factory);
            assertThat(Reencryption.of(factory).verify().failures()).isEmpty();
        }
        assertThat(unit.advice()).singleElement().asString().contains("storage = BINARY");
        assertThat(unit.query("select 1 from patient_file")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "H2, varchar_ignorecase(1083), as varchar_ignorecase(1083)",
        "POSTGRESQL, varchar(1083) collate blurred, by the collation blurred",
        "POSTGRESQL, citext, as citext",
        "MARIADB, varchar(1083), by the collation utf8mb4_uca1400_ai_ci",
        "MARIADB, text, by the collation utf8mb4_uca1400_ai_ci"
    })
    void a_collation_that_ignores_case_is_an_error_where_values_are_compared_and_else_a_warning(
            TestDatabase kind, String type, String how) {
        ColumnCheckUnit unit = new ColumnCheckUnit(kind.fresh());
        if (kind == POSTGRESQL) {
            unit.execute(
                    "create extension citext",
                    "create collation blurred (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        }
        unit.execute("create table patient_file (id bigint primary key, ssn " + type + ")");
        unit.start(Patient.class).close();
        assertThat(unit.advice()).singleElement().asString().contains("compared " + how, "harmless");
        assertThat(unit.errors(TaxPayer.class)).singleElement().asString().contains("compared " + how);
        unit.follow().start(TaxPayer.class).close();
        unit.start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @Test
    void what_h2_sets_for_all_columns_is_told_from_what_one_column_is() {
        ColumnCheckUnit ignoring = new ColumnCheckUnit(H2.fresh())
                .execute("set ignorecase true", "create table patient_file (id bigint primary key, ssn varchar(20))");
        ignoring.errors(Patient.class);
        ignoring.follow().start(TaxPayer.class).close();
        ColumnCheckUnit collated = new ColumnCheckUnit(H2.fresh())
                .execute(
                        "set collation english strength primary",
                        "create table patient_file (id bigint primary key, ssn varchar(1083))");
        assertThat(collated.errors(TaxPayer.class)).singleElement().asString().contains("SET COLLATION", "BINARY");
        assertThat(collated.statements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"H2, varchar(1083)", "POSTGRESQL, text", "MARIADB, varchar(700) collate utf8mb4_bin"})
    void unique_constraints_and_indexes_are_dropped_by_their_real_names(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type + " unique, room integer");
        unit.execute(
                "create unique index \"Mixed Case\" on patient_file (ssn, id)"
                        .replace('"', kind == MARIADB ? '`' : '"'),
                "alter table patient_file add constraint named unique (room, ssn)");
        assertThat(unit.errors(Patient.class))
                .filteredOn(line -> line.contains("unique"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("Mixed Case"))
                .anySatisfy(line -> assertThat(line).containsIgnoringCase("named"));
        unit.follow().start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
        assertThat(unit.refused("insert into patient_file (id) values (1), (1)"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"H2, varchar(1083)", "POSTGRESQL, text", "MARIADB, varchar(1083) collate ascii_bin"})
    void unique_is_what_a_deterministic_attribute_may_be(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type + " unique");
        unit.start(TaxPayer.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"H2, varchar(1083)", "POSTGRESQL, text", "MARIADB, varchar(1083) collate ascii_bin"})
    void a_plain_index_is_worth_a_warning(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type).execute("create index slow on patient_file (ssn)");
        unit.start(Patient.class).close();
        assertThat(unit.advice()).singleElement().asString().containsIgnoringCase("the index slow finds nothing");
        unit.follow().start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @Test
    void postgresqls_expressions_and_included_columns_are_told_apart() {
        ColumnCheckUnit unit = table(POSTGRESQL, "text")
                .execute(
                        "create unique index by_expression on patient_file (lower(ssn))",
                        "create unique index including on patient_file (id) include (ssn)");
        assertThat(unit.errors(Patient.class)).singleElement().asString().contains("by_expression");
        unit.follow().start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @Test
    void mariadbs_longest_key_does_not_stop_the_widening() {
        ColumnCheckUnit unit = new ColumnCheckUnit(MARIADB.fresh())
                .execute("create table long_file (id bigint primary key, ssn varchar(255), key by_ssn (ssn))");
        assertThat(unit.errors(LongText.class)).hasSize(1);
        unit.follow().start(LongText.class).close();
    }

    @Entity(name = "LongText")
    @Table(name = "long_file")
    static class LongText {
        @Id
        Long id = 1L;

        @Encrypted
        @Column(length = 2000)
        String ssn;
    }

    @ParameterizedTest
    @CsvSource({"H2, varchar(1083)", "POSTGRESQL, text", "MARIADB, varchar(1083) collate ascii_bin"})
    void a_default_would_be_written_in_clear(TestDatabase kind, String type) {
        ColumnCheckUnit unit = table(kind, type + " default 'planted' not null");
        assertThat(unit.errors(Patient.class)).singleElement().asString().contains("has a default");
        assertThat(unit.message()).doesNotContain("planted");
        unit.plaintext(PlaintextPolicy.ALLOW);
        unit.start(Patient.class).close();
        assertThat(unit.advice()).singleElement().asString().contains("has a default");
        unit.plaintext(PlaintextPolicy.REFUSE);
        unit.follow().start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_default_of_null_is_none(TestDatabase kind) {
        ColumnCheckUnit unit =
                table(kind, (kind == MARIADB ? "varchar(1083) collate ascii_bin" : "varchar(1083)") + " default null");
        unit.start(Patient.class).close();
        assertThat(unit.advice()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_generated_column_is_replaced(TestDatabase kind) {
        ColumnCheckUnit unit = table(
                kind,
                switch (kind) {
                    case H2 -> "varchar(1083) as ('x' || id)";
                    case POSTGRESQL -> "varchar(1083) generated always as ('x') stored";
                    case MARIADB -> "varchar(1083) collate ascii_bin as (concat('x', id)) virtual";
                });
        assertThat(unit.errors(Patient.class)).singleElement().asString().contains("the database computes it");
        unit.follow().start(Patient.class).close();
    }

    @ParameterizedTest
    @EnumSource
    void a_view_is_checked_and_its_table_left_to_a_person(TestDatabase kind) {
        ColumnCheckUnit unit = new ColumnCheckUnit(kind.fresh())
                .execute(
                        "create table base (id bigint primary key, ssn varchar(20) not null)",
                        "create view patient_file as select id, ssn from base");
        assertThat(unit.errors(Patient.class)).singleElement().asString().contains("1083 characters. This is a view");
        assertThat(unit.statements()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void large_objects_have_no_length_of_their_own(TestDatabase kind) {
        ColumnCheckUnit unit = table(
                kind,
                switch (kind) {
                    case H2 -> "clob";
                    case POSTGRESQL -> "text";
                    case MARIADB -> "text collate ascii_bin";
                });
        unit.start(Large.class).close();
        assertThat(unit.advice()).isEmpty();
        ColumnCheckUnit tooShort = table(kind, "varchar(20)");
        assertThat(tooShort.errors(Large.class)).hasSize(1);
        tooShort.follow().start(Large.class).close();
    }

    @ParameterizedTest
    @EnumSource
    void a_column_definition_must_take_the_shortest_value(TestDatabase kind) {
        ColumnCheckUnit unit = table(kind, "varchar(60)");
        assertThat(unit.errors(Defined.class)).singleElement().asString().contains("68 characters", "columnDefinition");
    }

    /** In strict mode MariaDB would refuse other characters in an ASCII column, and else replace them. */
    @Test
    void plaintext_keeps_its_characters_on_mariadb() {
        ColumnCheckUnit unit = table(MARIADB, "varchar(20) comment 'it''s \\\\ here'")
                .execute("insert into patient_file values (7, 'M\u00fcller \u4E2D')");
        unit.plaintext(PlaintextPolicy.ALLOW);
        unit.errors(Patient.class);
        try (SessionFactory factory = unit.follow().start(Patient.class)) {
            assertThat(factory.fromTransaction(session -> session.find(Patient.class, 7L)).ssn)
                    .isEqualTo("M\u00fcller \u4E2D");
        }
        assertThat(unit.advice()).isEmpty();
        assertThat(unit.query("select column_comment from information_schema.columns"
                        + " where table_schema = database() and column_name = 'ssn'"))
                .containsExactly("it's \\ here");
    }
}
