package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of text whose collation calls different texts equal, and orders them as only the database knows. */
class TextKeysTest {

    private static final long SEED = 20261123;

    record CodedId(String code, int place) implements Serializable {}

    @Entity(name = "Coded")
    @Table(name = "coded")
    @IdClass(CodedId.class)
    static class Coded {
        @Id
        @Column(length = 40)
        String code;

        @Id
        int place;

        @Encrypted
        String secret;

        @Encrypted(deterministic = true)
        String exact;
    }

    static Stream<Arguments> columns() {
        String mariadb = "alter table coded modify code varchar(40) character set utf8mb4 collate ";
        String postgresql = "alter table coded alter column code type varchar(40) collate ";
        return Stream.of(
                Arguments.of(TestDatabase.MARIADB, List.of(mariadb + "utf8mb4_general_ci not null")),
                Arguments.of(TestDatabase.MARIADB, List.of(mariadb + "utf8mb4_bin not null")),
                Arguments.of(TestDatabase.MARIADB, List.of(mariadb + "utf8mb4_uca1400_nopad_ai_ci not null")),
                Arguments.of(
                        TestDatabase.MARIADB,
                        List.of("alter table coded modify code char(40) character set utf8mb4 collate"
                                + " utf8mb4_general_ci not null")),
                Arguments.of(
                        TestDatabase.POSTGRESQL,
                        List.of(
                                "create collation anyhow (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                                postgresql + "anyhow")),
                Arguments.of(TestDatabase.POSTGRESQL, List.of(postgresql + "\"de-x-icu\"")),
                Arguments.of(TestDatabase.POSTGRESQL, List.of("alter table coded alter column code type char(40)")),
                Arguments.of(
                        TestDatabase.H2,
                        List.of("alter table coded alter column code set data type varchar_ignorecase(40)")),
                Arguments.of(TestDatabase.H2, List.of("alter table coded alter column code set data type char(40)")));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void are_neither_skipped_nor_repeated_and_rows_with_equal_codes_are_told_apart(
            TestDatabase kind, List<String> alter) {
        TestDatabase.Fresh database = kind.fresh();
        List<Coded> rows = rows();
        try (Unit unit = Unit.before(database, Coded.class)) {
            unit.execute(alter.toArray(String[]::new));
            unit.persist(rows);
        }
        try (Unit unit = Unit.after(database, Coded.class)) {
            Report dry = unit.job().pageSize(3).dryRun();
            Report report = unit.job().pageSize(3).run();
            String about = "seed " + SEED;
            assertThat(report.failures()).as(about).isEmpty();
            assertThat(report.rewritten()).as(about).isEqualTo(2L * rows.size()).isEqualTo(dry.rewritten());
            assertThat(report.scanned()).as(about).isEqualTo(2L * rows.size());
            Report again = unit.job().pageSize(7).run();
            assertThat(again.alreadyCurrent()).as(about).isEqualTo(2L * rows.size());
            assertThat(contents(unit.all(Coded.class))).as(about).isEqualTo(contents(rows));
        }
    }

    /** Casts to bit are to one bit, if nothing is said, and cut in silence. */
    @ParameterizedTest
    @ValueSource(strings = {"bit(7)", "varbit", "bit(1)"})
    void bits_of_postgresql_are_neither_cut_nor_repeated(String type) {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        int rows = 40;
        try (Unit unit = Unit.before(database, Coded.class)) {
            unit.persist(IntStream.range(0, rows)
                    .mapToObj(i -> row(Integer.toBinaryString(64 + i), i))
                    .toList());
            unit.execute(
                    "alter table coded alter column code type " + type + " using cast(code as bit varying)::" + type);
        }
        try (Unit unit = Unit.after(database, Coded.class)) {
            Report report = unit.job().smallestRange(10).pageSize(3).run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(2L * rows);
            assertThat(report.scanned()).isEqualTo(2L * rows);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
    }

    /** The type of one byte, which is none of SQL's. */
    @Test
    void single_bytes_of_postgresql_are_neither_cut_nor_repeated() {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        String codes = " Aaz~0";
        int rows = 40;
        try (Unit unit = Unit.before(database, Coded.class)) {
            unit.persist(IntStream.range(0, rows)
                    .mapToObj(i -> row(String.valueOf(codes.charAt(i % codes.length())), i))
                    .toList());
            unit.execute(
                    "alter table coded alter column code type \"char\" using cast(code as \"char\")",
                    // Of the upper half, and none at all.
                    "update coded set code = cast('\\377' as \"char\") where place = 7",
                    "update coded set code = cast('' as \"char\") where place = 8");
        }
        try (Unit unit = Unit.after(database, Coded.class)) {
            Report report = unit.job().smallestRange(10).pageSize(3).run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(2L * rows);
            assertThat(report.scanned()).isEqualTo(2L * rows);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
    }

    private static List<Coded> rows() {
        List<String> codes =
                List.of("a", "A", "ä", "Ä", "a ", "A  ", "", " ", "b", "B", "ss", "ß", "é", "e", "E", "日", "z", "Z ");
        List<Coded> rows = new ArrayList<>();
        int place = -20;
        for (int times = 0; times < 3; times++) {
            for (String code : codes) {
                rows.add(row(code, place++));
            }
        }
        Collections.shuffle(rows, new Random(SEED));
        return rows;
    }

    private static Coded row(String code, int place) {
        Coded row = new Coded();
        row.code = code;
        row.place = place;
        row.secret = "secret of " + place;
        row.exact = "exact " + place;
        return row;
    }

    private static List<String> contents(List<Coded> rows) {
        // Columns of a fixed length give back another code than they were given.
        return rows.stream()
                .map(row -> row.place + ": " + row.secret + ", " + row.exact)
                .sorted()
                .toList();
    }
}
