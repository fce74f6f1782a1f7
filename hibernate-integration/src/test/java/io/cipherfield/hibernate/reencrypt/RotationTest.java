package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotationTest {

    private static final Class<?>[] ALL = {
        Entities.Account.class,
        Entities.Named.class,
        Entities.UuidKeyed.class,
        Entities.Person.class,
        Entities.Employee.class,
        Entities.Simple.class
    };

    @ParameterizedTest
    @EnumSource
    void the_old_key_is_no_longer_needed_afterwards(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        List<Entities.Account> accounts = accounts();
        try (Unit unit = Unit.before(database, ALL)) {
            unit.persist(accounts);
            unit.persist(employee(1), employee(2));
            unit.persist(new Entities.Simple(7, "quoted", null));
        }
        List<List<String>> otherColumns;
        try (Unit unit = Unit.after(database, ALL)) {
            otherColumns = unit.raw("select id, version, touched, plain from account order by id");
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(values(accounts));

            Report report = unit.job().pageSize(3).run();

            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(values(accounts));
            assertThat(report.alreadyCurrent()).isZero();
            assertThat(report.fromPlaintext()).isZero();
            assertThat(unit.raw("select id, version, touched, plain from account order by id"))
                    .isEqualTo(otherColumns);
            Census census = unit.job().census();
            assertThat(census.remaining(Unit.OLD.id())).isZero();
            assertThat(census.remaining(Unit.NEW.id())).isEqualTo(values(accounts));

            Report again = unit.job().run();
            assertThat(again.rewritten()).isZero();
            assertThat(again.alreadyCurrent()).isEqualTo(values(accounts));
            assertThat(again.nulls()).isEqualTo(report.nulls()).isPositive();
        }
        try (Unit unit = Unit.start(database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.NEW)), ALL)) {
            assertThat(unit.all(Entities.Account.class))
                    .extracting(Entities.Account::text)
                    .containsExactlyInAnyOrderElementsOf(
                            accounts.stream().map(Entities.Account::text).toList());
            assertThat(unit.all(Entities.Employee.class))
                    .extracting(employee -> employee.author + employee.name + employee.salary)
                    .containsExactlyInAnyOrder("author1name11", "author2name22");
            assertThat(unit.job().verify().successful()).isTrue();
        }
    }

    private static long values(List<Entities.Account> accounts) {
        long ofAccounts = accounts.stream()
                .mapToLong(account -> LongStream.of(
                                account.token == null ? 0 : 2,
                                account.secret == null ? 0 : 1,
                                account.expires == null ? 0 : 1,
                                2)
                        .sum())
                .sum();
        int ofEmployees = 2 * 3;
        int ofSimple = 1;
        return ofAccounts + ofEmployees + ofSimple;
    }

    private static List<Entities.Account> accounts() {
        List<Entities.Account> accounts = new ArrayList<>();
        for (long id : new long[] {Long.MIN_VALUE, -10, -9, -1, 0, 1, 2, 9, 10, 11, 100, Long.MAX_VALUE}) {
            accounts.add(new Entities.Account(
                    id,
                    id % 2 == 0 ? "token " + id : null,
                    id % 3 == 0 ? null : new byte[] {(byte) id, 0, -1},
                    id < 0 ? null : LocalDate.of(2026, 1, 1).plusDays(id % 100)));
        }
        return accounts;
    }

    private static Entities.Employee employee(int id) {
        Entities.Employee employee = new Entities.Employee();
        employee.id = id;
        employee.author = "author" + id;
        employee.name = "name" + id;
        employee.salary = id;
        return employee;
    }

    @ParameterizedTest
    @EnumSource
    void no_string_key_is_skipped_whatever_its_order(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        List<String> keys = new ArrayList<>(Arrays.asList(
                "",
                " x",
                "a",
                "b",
                "Z",
                "z9",
                "Ä",
                "ä9",
                "é",
                "é1",
                "ß",
                "ss1",
                "ſ",
                "\uD83D\uDD11",
                "\uFFFD",
                "日本",
                "_",
                "%",
                "'",
                "\"",
                "\\",
                "a-b",
                "ab",
                "a b",
                "10",
                "9",
                "-1"));
        if (kind != TestDatabase.MARIADB) {
            keys.addAll(List.of("A", "B", "É", "x", "a "));
        } else {
            keys.removeAll(List.of("ſ", "Ä"));
        }
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            keys.forEach(key -> unit.persist(new Entities.Named(key, "secret of " + key)));
        }
        for (int pageSize : new int[] {1, 2, 7, 1000}) {
            try (Unit unit = Unit.after(database, Entities.Named.class)) {
                unit.execute("update named set secret = secret");
                Report report = unit.job().pageSize(pageSize).run();
                assertThat(report.scanned()).as("page size %s", pageSize).isEqualTo(keys.size());
                assertThat(report.rewritten()).isEqualTo(pageSize == 1 ? keys.size() : 0);
                assertThat(unit.all(Entities.Named.class))
                        .allSatisfy(named -> assertThat(named.secret).isEqualTo("secret of " + named.id))
                        .hasSize(keys.size());
            }
        }
    }

    @Test
    void keys_of_a_case_sensitive_collation_on_mariadb_are_each_found() {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.execute("alter table named modify id varchar(60) character set utf8mb4 collate utf8mb4_bin");
            for (String key : List.of("a", "A", "b", "B", "á", "Á")) {
                unit.persist(new Entities.Named(key, "secret of " + key));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.job().pageSize(2).run().rewritten()).isEqualTo(6);
            assertThat(unit.all(Entities.Named.class))
                    .allSatisfy(named -> assertThat(named.secret).isEqualTo("secret of " + named.id));
        }
    }

    @ParameterizedTest
    @EnumSource
    void padded_keys_are_each_found(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.execute(
                    kind == TestDatabase.MARIADB
                            ? "alter table named modify id char(10)"
                            : kind == TestDatabase.H2
                                    ? "alter table named alter column id char(10)"
                                    : "alter table named alter column id type char(10)");
            for (String key : List.of("a", "ab", "a b", "b", "c!")) {
                unit.persist(new Entities.Named(key, "secret of " + key));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.job().pageSize(2).run().rewritten()).isEqualTo(5);
            assertThat(unit.job().run().alreadyCurrent()).isEqualTo(5);
            assertThat(unit.all(Entities.Named.class))
                    .allSatisfy(named -> assertThat(named.secret).isEqualTo("secret of " + named.id.strip()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void uuid_keys_are_paged_in_the_databases_own_order(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        List<Entities.UuidKeyed> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new Entities.UuidKeyed(UUID.randomUUID(), "secret " + i));
        }
        rows.add(new Entities.UuidKeyed(new UUID(0, 0), "zero"));
        rows.add(new Entities.UuidKeyed(new UUID(-1, -1), "ones"));
        try (Unit unit = Unit.before(database, Entities.UuidKeyed.class)) {
            unit.persist(rows);
        }
        try (Unit unit = Unit.after(database, Entities.UuidKeyed.class)) {
            assertThat(unit.job().pageSize(5).run().rewritten()).isEqualTo(rows.size());
            assertThat(unit.job().pageSize(4).run().alreadyCurrent()).isEqualTo(rows.size());
            assertThat(unit.all(Entities.UuidKeyed.class))
                    .extracting(row -> row.id + row.secret)
                    .containsExactlyInAnyOrderElementsOf(
                            rows.stream().map(row -> row.id + row.secret).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void uuid_keys_in_sixteen_bytes_are_paged(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        List<Entities.BinaryKeyed> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(new Entities.BinaryKeyed(UUID.randomUUID(), "secret " + i));
        }
        try (Unit unit = Unit.before(database, Entities.BinaryKeyed.class)) {
            unit.persist(rows);
        }
        try (Unit unit = Unit.after(database, Entities.BinaryKeyed.class)) {
            assertThat(unit.job().pageSize(3).run().rewritten()).isEqualTo(rows.size());
            assertThat(unit.all(Entities.BinaryKeyed.class))
                    .extracting(row -> row.id + row.secret)
                    .containsExactlyInAnyOrderElementsOf(
                            rows.stream().map(row -> row.id + row.secret).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void large_values_are_rewritten(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        String large = "0123456789".repeat(300_000);
        try (Unit unit = Unit.before(database, Entities.Big.class)) {
            for (long id = 0; id < 12; id++) {
                unit.persist(new Entities.Big(id, id + large));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Big.class)) {
            assertThat(unit.job().run().rewritten()).isEqualTo(12);
            assertThat(unit.all(Entities.Big.class))
                    .allSatisfy(
                            big -> assertThat(big.text.equals(big.id + large)).isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_keeps_to_one_attribute(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class, Entities.Named.class)) {
            unit.persist(new Entities.Simple(1, "a", "b"), new Entities.Named("x", "y"));
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class, Entities.Named.class)) {
            Report report = unit.job().only(Entities.Simple.class, "other").run();
            assertThat(report.scanned()).isEqualTo(1);
            assertThat(report.rewritten()).isEqualTo(1);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(2);
        }
    }
}
