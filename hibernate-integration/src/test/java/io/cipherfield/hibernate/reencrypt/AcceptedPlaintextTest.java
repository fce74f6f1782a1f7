package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cipherfield.CiphertextText;
import io.cipherfield.hibernate.reencrypt.Mixture.Origin;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plaintext that starts like something else, which only a person can tell. */
@Timeout(180)
class AcceptedPlaintextTest {

    private static final int ROWS = 30;
    private static final String PLACE = "named.secret, row g";

    /** @param letters four, which its header calls a key */
    private static String lookalike(String letters) {
        byte[] bytes = ("??" + letters + "and enough behind it to be a ciphertext").getBytes(StandardCharsets.US_ASCII);
        bytes[0] = (byte) 0xCF;
        bytes[1] = 1;
        return CiphertextText.encode(bytes);
    }

    private static Unit filled(TestDatabase kind, String secretOfG) {
        return Unit.start(filledDatabase(kind, secretOfG), "none", Unit.allowingPlaintext(), Entities.Named.class);
    }

    private static TestDatabase.Fresh filledDatabase(TestDatabase kind, String secretOfG) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            IntStream.range(0, ROWS)
                    .forEach(i -> unit.execute("insert into named (id, secret) values ('" + (char) ('a' + i / 4) + i
                            + "', 'plain " + i + "')"));
            unit.execute("insert into named (id, secret) values ('g', '" + secretOfG + "')");
        }
        return database;
    }

    private static String secretOfG(Unit unit) {
        return unit.raw("select secret from named where id = 'g'").get(0).get(0);
    }

    private static String read(Unit unit) {
        return unit.sessions().fromSession(session -> session.find(Entities.Named.class, "g").secret);
    }

    @ParameterizedTest
    @EnumSource
    void keeps_the_census_from_saying_that_plaintext_need_not_be_read_any_more(TestDatabase kind) throws Exception {
        try (Unit unit = filled(kind, lookalike("note"))) {
            assertThat(unit.job().run().failed()).isEqualTo(1);
            Census census = unit.job().census();
            assertThat(census.plaintexts()).isZero();
            assertThat(census.toText())
                    .containsPattern("plaintext: none found in [^:]*:[^:]*:[0-9]*Z\n")
                    .contains("and 1 value of attributes that read plaintext that may be plaintext, or ciphertext");
            assertThat(new ObjectMapper()
                            .readTree(census.toJson())
                            .at("/plaintextsUndecided")
                            .asLong(-1))
                    .isEqualTo(1);

            unit.execute("delete from named where id = 'g'");
            assertThat(unit.job().census().toText())
                    .containsPattern("plaintext: none found in .*Z: set cipherfield.plaintext=refuse\n")
                    .doesNotContain("may be plaintext");
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_left_and_named_until_a_person_accepts_it_and_encrypted_once(TestDatabase kind) {
        String plain = lookalike("note");
        try (Unit unit = filled(kind, plain)) {
            Report first = unit.job().run();
            assertThat(first.fromPlaintext()).isEqualTo(ROWS);
            assertThat(first.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.toString()).startsWith(PLACE + ", key 6e6f7465: ");
                assertThat(failure.reason()).contains("can be accepted by its place", "docs/reencryption.md");
            });
            assertThat(secretOfG(unit)).isEqualTo(plain);

            Report second = unit.job().acceptPlaintext(PLACE).run();
            assertThat(second.failures()).isEmpty();
            assertThat(second.successful()).isTrue();
            assertThat(second.fromPlaintext()).isEqualTo(1);
            assertThat(second.alreadyCurrent()).isEqualTo(ROWS);
            String encrypted = secretOfG(unit);
            assertThat(read(unit)).isEqualTo(plain);

            assertThatThrownBy(() -> unit.job().acceptPlaintext(PLACE).run())
                    .hasMessageStartingWith("Nothing was written. The value at " + PLACE)
                    .hasMessageContaining("cipherfield_quarantine");
            assertThat(unit.job().run().alreadyCurrent()).isEqualTo(ROWS + 1);
            assertThat(secretOfG(unit)).isEqualTo(encrypted);
            assertThat(unit.raw("select * from cipherfield_quarantine")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_accepted_as_the_report_prints_its_place_with_the_key(TestDatabase kind) {
        try (Unit unit = filled(kind, lookalike("note"))) {
            unit.job().run();
            assertThat(unit.job()
                            .acceptPlaintext(PLACE + ", key 6e6f7465")
                            .run()
                            .fromPlaintext())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_encrypted_once_also_where_the_accepting_run_is_killed_and_begun_again(TestDatabase kind) {
        String plain = lookalike("note");
        TestDatabase.Fresh database = filledDatabase(kind, plain);
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), Entities.Named.class)) {
            unit.job().run();
            // Rows go by their key: row g is in the last page but one.
            for (int page : List.of(1, 6)) {
                int[] left = {page};
                DataSource breaking = TappedConnections.of(database, (step, connection) -> {
                    if (TappedConnections.countsPage(step) && --left[0] == 0) {
                        throw new IllegalStateException("broken");
                    }
                });
                assertThatThrownBy(() -> unit.job()
                                .pageSize(6)
                                .connections(breaking)
                                .acceptPlaintext(PLACE)
                                .run())
                        .hasMessage("broken");
            }
            String encrypted = secretOfG(unit);
            assertThat(read(unit)).isEqualTo(plain);

            Report report = unit.job().pageSize(6).acceptPlaintext(PLACE).run();
            assertThat(report.attempts()).isEqualTo(3);
            assertThat(report.fromPlaintext()).isEqualTo(1);
            assertThat(report.alreadyCurrent()).isEqualTo(ROWS);
            assertThat(secretOfG(unit)).isEqualTo(encrypted);
            assertThat(read(unit)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_not_accepted_if_it_is_another_value_by_now(TestDatabase kind) {
        try (Unit unit = filled(kind, lookalike("note"))) {
            unit.job().run();
            unit.execute("update named set secret = '" + lookalike("next") + "' where id = 'g'");

            Report report = unit.job().acceptPlaintext(PLACE).run();
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason()).contains("another value than the one"));
            assertThat(secretOfG(unit)).isEqualTo(lookalike("next"));
            assertThatThrownBy(() -> unit.job().acceptPlaintext(PLACE).run())
                    .hasMessageContaining("changed after a run had left it");

            unit.job().run();
            assertThat(unit.job().acceptPlaintext(PLACE).run().successful()).isTrue();
            assertThat(read(unit)).isEqualTo(lookalike("next"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_can_be_read_is_never_taken_for_plaintext(TestDatabase kind) {
        String elsewhere = Mixture.stored(Origin.OLD, "of another attribute", "Account.token", false);
        TestDatabase.Fresh database = kind.fresh();
        Class<?>[] entities = {Entities.Named.class, Entities.Account.class};
        try (Unit unit = Unit.before(database, entities)) {
            unit.execute("insert into named (id, secret) values ('g', '" + elsewhere + "')");
        }
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), entities)) {
            unit.job().run();
            Report report = unit.job().acceptPlaintext(PLACE).run();
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason())
                            .contains("it is a ciphertext of " + Entities.Account.class.getName() + ".token"));
            assertThat(secretOfG(unit)).isEqualTo(elsewhere);
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_accepted_where_it_bears_the_mark_of_another_format(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture.create(database, 10, 3, EnumSet.of(Origin.SEALED));
        try (Unit unit = Mixture.unit(database, "none")) {
            unit.execute("update mixed set secret = 'ENC(closed)' where id = 7");
            assertThatThrownBy(() -> unit.job().run()).hasMessageContaining("mixed.secret, row 7: ");
            assertThat(unit.job().maxFailures(1).run().failed()).isEqualTo(1);
            Report report = unit.job().acceptPlaintext("mixed.secret, row 7").run();
            assertThat(report.successful()).isTrue();
            assertThat(report.fromPlaintext()).isEqualTo(1);
            String kept = unit.sessions().fromSession(session -> session.find(Mixture.Mixed.class, 7L).secret);
            assertThat(kept).isEqualTo("ENC(closed)");
        }
    }

    /** Three of each in a table of six. */
    @ParameterizedTest
    @EnumSource
    void is_accepted_beside_as_many_values_of_the_format_whose_mark_it_bears(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        Mixture.create(database, 0, 3, EnumSet.of(Origin.SEALED));
        try (Unit unit = Mixture.unit(database, "none")) {
            for (int id = 1; id <= 6; id++) {
                String stored = id % 2 == 0 ? "ENC(draft)" : Mixture.stored(Origin.SEALED, "real " + id, "", false);
                unit.execute("insert into mixed (id, secret) values (" + id + ", '" + stored + "')");
            }
            List<List<String>> before = unit.raw("select id, secret from mixed order by id");
            for (Reencryption job : List.of(unit.job(), unit.job().maxFailures(2))) {
                assertThatThrownBy(job::run).hasMessageStartingWith("Nothing was written. Of 6 values");
            }
            assertThat(unit.raw("select id, secret from mixed order by id")).isEqualTo(before);
            Report first = unit.job().maxFailures(3).run();
            assertThat(first.fromLegacy()).isEqualTo(3);
            assertThat(first.failed()).isEqualTo(3);

            Report report = unit.job()
                    .acceptPlaintext("mixed.secret, row 2")
                    .acceptPlaintext("mixed.secret, row 4")
                    .acceptPlaintext("mixed.secret, row 6")
                    .run();
            assertThat(report.successful()).isTrue();
            assertThat(report.fromPlaintext()).isEqualTo(3);
            assertThat(unit.raw("select * from cipherfield_quarantine")).isEmpty();
            List<String> kept = unit.sessions()
                    .fromSession(session -> session.createQuery("select secret from Mixed order by id", String.class)
                            .getResultList());
            assertThat(kept).containsExactly("real 1", "ENC(draft)", "real 3", "ENC(draft)", "real 5", "ENC(draft)");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void is_accepted_only_where_plaintext_is_read_by_a_run_and_at_a_place_that_there_is(TestDatabase kind) {
        TestDatabase.Fresh database = filledDatabase(kind, lookalike("note"));
        try (Unit unit = Unit.start(database, "none", Unit.allowingPlaintext(), Entities.Named.class)) {
            unit.job().run();
            assertThatThrownBy(() -> unit.job().acceptPlaintext(PLACE).dryRun())
                    .hasMessageContaining("accepted as plaintext by a run");
            assertThatThrownBy(() -> unit.job()
                            .acceptPlaintext(PLACE)
                            .from(Unit.OLD.id())
                            .run())
                    .hasMessageContaining("accepted as plaintext by a run");
            for (String unknown : List.of("named.id, row g", "secret, row g", "g", "")) {
                assertThatThrownBy(() -> unit.job().acceptPlaintext(unknown).run())
                        .hasMessageContaining("names no encrypted column");
            }
            assertThatThrownBy(() ->
                            unit.job().acceptPlaintext("named.secret, row a0").run())
                    .hasMessageContaining("no run has left a value there");
        }
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            assertThatThrownBy(() -> unit.job().acceptPlaintext(PLACE).run())
                    .hasMessageContaining("plaintext is not allowed for named.secret");
            assertThat(secretOfG(unit)).isEqualTo(lookalike("note"));
        }
    }
}
