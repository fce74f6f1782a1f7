package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailedValueTest {

    private static final String BYTES_OF = "select id, secret from named order by id";

    @ParameterizedTest
    @EnumSource
    void a_tampered_value_is_named_and_left_byte_for_byte_while_the_rest_of_its_row_goes_on(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        String table = kind == TestDatabase.MARIADB ? "`Order Line`" : "\"Order Line\"";
        String column = kind == TestDatabase.MARIADB ? "`Secret Value`" : "\"Secret Value\"";
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(LongStream.range(0, 20)
                    .mapToObj(id -> new Entities.Simple(id, "secret " + id, "other " + id))
                    .toList());
            unit.execute("update " + table + " set " + column + " = concat(substring(" + column
                    + ", 1, 30), 'AAAA', substring(" + column + ", 35)) where id = 7");
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            List<List<String>> tampered = unit.raw("select " + column + " from " + table + " where id = 7");
            Report report = unit.job().pageSize(5).run();

            assertThat(report.successful()).isFalse();
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.rewritten()).isEqualTo(39);
            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.table()).isEqualTo(table);
                assertThat(failure.column()).isEqualTo(column);
                assertThat(failure.key()).isEqualTo("7");
                assertThat(failure.keyId()).isEqualTo(Unit.OLD.id());
                assertThat(failure.reason()).contains("does not decrypt");
            });
            assertThat(report.toText()).contains("failed: " + table + "." + column + ", row 7, key " + Unit.OLD.id());
            assertThat(unit.raw("select " + column + " from " + table + " where id = 7"))
                    .isEqualTo(tampered);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(1);
            assertThat(unit.job().verify().failures()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void plaintext_is_encrypted_and_counted_apart_where_it_is_allowed(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "encrypted"), new Entities.Named("b", null));
            unit.execute(
                    "insert into named (id, secret) values ('c', 'plain')",
                    "insert into named (id, secret) values ('d', '')",
                    "insert into named (id, secret) values ('e', 'zebra but not ciphertext, however long it may be, since no suite')");
        }
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), Entities.Named.class)) {
            assertThat(unit.job().census().plaintexts()).isEqualTo(3);
            assertThat(unit.job().dryRun().fromPlaintext()).isEqualTo(3);
            Report report = unit.job().run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(4);
            assertThat(report.fromPlaintext()).isEqualTo(3);
            assertThat(report.nulls()).isEqualTo(1);
            assertThat(unit.job().census().plaintexts()).isZero();
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThat(unit.all(Entities.Named.class))
                    .extracting(named -> named.secret)
                    .containsExactlyInAnyOrder(
                            "encrypted",
                            null,
                            "plain",
                            "",
                            "zebra but not ciphertext, however long it may be, since no suite");
        }
    }

    @ParameterizedTest
    @EnumSource
    void plaintext_fails_where_it_is_not_allowed(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "encrypted"));
            unit.execute("insert into named (id, secret) values ('c', 'open secret')");
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            Report report = unit.job().run();
            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.key()).isEqualTo("c");
                assertThat(failure.keyId()).isNull();
            });
            assertThat(report.toText()).doesNotContain("open secret");
            assertThat(unit.raw("select secret from named where id = 'c'")).containsExactly(List.of("open secret"));
            assertThat(report.rewritten()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_written_if_the_ring_lacks_a_key(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "first"));
        }
        try (Unit unit = Unit.start(
                database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.LOST)), Entities.Named.class)) {
            unit.persist(new Entities.Named("b", "second"), new Entities.Named("c", "third"));
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            List<List<String>> before = unit.raw(BYTES_OF);
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("\n    named.secret (" + Entities.Named.class.getName() + ".secret): key "
                            + Unit.LOST.id() + "\n")
                    .hasMessageContaining("Add key " + Unit.LOST.id() + " to CIPHERFIELD_DECRYPT_ONLY_KEYS")
                    .hasMessageContaining("Nothing was written");
            assertThat(unit.raw(BYTES_OF)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void verify_and_dry_run_change_nothing(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            for (int i = 0; i < 10; i++) {
                unit.persist(new Entities.Named("key" + i, i == 3 ? null : "secret " + i));
            }
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("new", "under the new key"));
            List<List<String>> before = unit.raw(BYTES_OF);
            for (Report report : List.of(
                    unit.job().pageSize(3).verify(), unit.job().pageSize(3).dryRun())) {
                assertThat(report.rewritten()).isEqualTo(9);
                assertThat(report.alreadyCurrent()).isEqualTo(1);
                assertThat(report.nulls()).isEqualTo(1);
                assertThat(report.scanned()).isEqualTo(11);
                assertThat(report.toText()).contains("to rewrite");
            }
            assertThat(unit.raw(BYTES_OF)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_no_longer_fits_its_column_is_left_as_it_is(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            if (kind == TestDatabase.MARIADB) {
                unit.execute("set global sql_mode = ''");
            }
            unit.execute(
                    kind == TestDatabase.MARIADB
                            ? "alter table named modify secret varchar(70) character set ascii"
                            : kind == TestDatabase.H2
                                    ? "alter table named alter column secret varchar(70)"
                                    : "alter table named alter column secret type varchar(70)");
            unit.persist(new Entities.Named("short", "a"), new Entities.Named("long", "0123456789"));
        }
        CipherfieldConfiguration longer =
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD)).withSuite(Suite.XAES_256_GCM);
        try (Unit unit = Unit.start(database, "none", longer, Entities.Named.class)) {
            List<List<String>> before = unit.raw("select secret from named where id = 'long'");
            Report dryRun = unit.job().dryRun();
            Report report = unit.job().run();
            for (Report each : List.of(dryRun, report)) {
                assertThat(each.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.reason()).contains("Make the column longer"));
                assertThat(each.rewritten()).isEqualTo(1);
            }
            assertThat(unit.raw("select secret from named where id = 'long'")).isEqualTo(before);
        }
        if (kind == TestDatabase.MARIADB) {
            try (Unit unit = Unit.after(database, Entities.Named.class)) {
                unit.execute("set global sql_mode = default");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void plaintext_whose_ciphertext_does_not_fit_its_column_fails_in_the_dry_run_too(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), Entities.Named.class)) {
            unit.execute("create table named (id varchar(20) primary key, secret varchar(20))");
            unit.execute("insert into named (id, secret) values ('a', 'plain')");
            for (Report report : List.of(unit.job().dryRun(), unit.job().run())) {
                assertThat(report.rewritten()).isZero();
                assertThat(report.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.reason()).contains("the column takes 20"));
            }
            assertThat(unit.job().verify().failures()).isEmpty();
            assertThat(unit.raw(BYTES_OF)).containsExactly(List.of("a", "plain"));
        }
    }

    @Entity(name = "Measured")
    static class Measured {
        @Id
        double id = 0.1;

        @Encrypted
        String secret = "s";
    }

    @Test
    void a_table_whose_key_is_not_exact_is_refused_before_anything_is_written_but_looked_at() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        Class<?>[] entities = {Measured.class, Entities.Named.class};
        try (Unit unit = Unit.before(database, entities)) {
            unit.persist(new Measured(), new Entities.Named("a", "first"));
        }
        try (Unit unit = Unit.after(database, entities)) {
            List<List<String>> before = unit.raw(BYTES_OF);
            for (ThrowingCallable job : List.<ThrowingCallable>of(
                    () -> unit.job().run(), () -> unit.job().dryRun())) {
                assertThatThrownBy(job)
                        .isInstanceOf(ReencryptionException.class)
                        .hasMessageContaining("Measured has a primary key with the column id of the type")
                        .hasMessageContaining("Nothing was written")
                        .hasMessageContaining("Reencryption.only(")
                        .hasMessageContaining("--cipherfield.job.only=");
            }
            assertThat(unit.raw(BYTES_OF)).isEqualTo(before);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(2);
            assertThat(unit.job().verify().scanned()).isEqualTo(2);
            assertThat(unit.job().only(Entities.Named.class).run().rewritten()).isEqualTo(1);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(1);
        }
    }

    @Test
    void an_attribute_that_is_not_encrypted_is_refused_by_name() {
        try (Unit unit = Unit.before(TestDatabase.H2.fresh(), Entities.Named.class)) {
            assertThatThrownBy(() -> unit.job().only(Entities.Named.class, "id").run())
                    .hasMessageContaining("There is no encrypted attribute")
                    .hasMessageContaining("secret");
        }
    }
}
