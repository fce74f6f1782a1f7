package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run says of the keys when it is done. */
class CensusAtTheEndTest {

    private static TestDatabase.Fresh filled(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(new Entities.Named("a", "one"), new Entities.Named("b", "two"), new Entities.Named("c", null));
        }
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void none_found_is_said_of_a_key_that_no_value_needs(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = filled(kind);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            Report report = unit.job().run();
            assertThat(report.remaining()).isZero();
            assertThat(report.successful()).isTrue();
            assertThat(report.toText())
                    .contains("key " + Unit.OLD.id() + ": none found in 1 column of 1 table at ")
                    .doesNotContain("not seen", "left that the job");
            JsonNode json = new ObjectMapper().readTree(report.toJson());
            assertThat(json.at("/mode").asText()).isEqualTo("run");
            assertThat(json.at("/successful").asBoolean()).isTrue();
            assertThat(json.at("/rewritten").asLong()).isEqualTo(2);
            assertThat(json.at("/remaining").asLong()).isZero();
            assertThat(json.at("/census/keys/0/values").asLong()).isEqualTo(2);
            assertThat(json.at("/census/keys/1/values").asLong()).isZero();

            assertThat(unit.job().verify().census()).isNull();
            assertThat(unit.job().dryRun().census()).isNull();
        }
    }

    @Test
    void values_that_an_instance_with_the_old_key_writes_meanwhile_make_it_unsuccessful() {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        try (Unit old = Unit.start(
                        database,
                        "none",
                        CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)),
                        Entities.Named.class);
                Unit unit = Unit.after(database, Entities.Named.class)) {
            List<String> notices = new ArrayList<>();
            boolean[] written = {false};
            ReencryptionListener listener = new ReencryptionListener() {
                @Override
                public void progress(Progress progress) {
                    if (!written[0]) {
                        written[0] = true;
                        // Before the first row, so behind every page.
                        old.persist(new Entities.Named("A", "late"));
                    }
                }

                @Override
                public void notice(String text) {
                    assertThat(written[0]).isFalse();
                    notices.add(text);
                }
            };
            Report report = unit.job().pageSize(1).listener(listener).run();
            assertThat(report.failed()).isZero();
            assertThat(report.remaining()).isEqualTo(1);
            assertThat(report.successful()).isFalse();
            assertThat(report.toText())
                    .contains(
                            "key " + Unit.OLD.id() + ": 1 value found in 1 column of 1 table at ",
                            "    named.secret: 1\n")
                    .contains("1 value is left that the job was to rewrite.");
            assertThat(notices)
                    .singleElement()
                    .asString()
                    .contains("under key " + Unit.NEW.id(), "CIPHERFIELD_DECRYPT_ONLY_KEYS", "key-id");

            assertThat(unit.job().run().successful()).isTrue();
        }
    }

    @Test
    void a_run_that_leaves_certain_keys_answers_for_these_alone() {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        try (Unit unit = Unit.start(
                database,
                "none",
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD, Unit.LOST)),
                Entities.Named.class)) {
            Report report = unit.job().from(Unit.LOST.id()).run();
            assertThat(report.rewritten()).isZero();
            assertThat(report.remaining()).isZero();
            assertThat(report.successful()).isTrue();
            assertThat(report.toText()).contains("key " + Unit.OLD.id() + ": 2 values found");
            assertThat(unit.job().from(Unit.OLD.id()).run().remaining()).isZero();
        }
    }

    @Test
    void a_report_is_not_lost_with_a_census_that_fails() throws Exception {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            DataSource source = mock(DataSource.class);
            when(source.getConnection()).thenAnswer(call -> {
                Connection connection = spy(database.connect());
                doThrow(new SQLException("refused", "53100"))
                        .when(connection)
                        .prepareStatement(startsWith("select count(*), "));
                return connection;
            });
            Report report = unit.job().connections(source).run();
            assertThat(report.rewritten()).isEqualTo(2);
            assertThat(report.census()).isNull();
            assertThat(report.remaining()).isEqualTo(-1);
            assertThat(report.successful()).isFalse();
            assertThat(report.toText()).contains("What remains could not be counted (SQLSTATE 53100)");
        }
    }

    @Test
    void failed_values_are_named_in_json() throws Exception {
        TestDatabase.Fresh database = filled(TestDatabase.H2);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            unit.execute("update named set secret = substring(secret, 1, 60) || 'AAAA' where id = 'a'");
            Report report = unit.job().run();
            JsonNode failure = new ObjectMapper().readTree(report.toJson()).at("/failures/0");
            assertThat(failure.at("/table").asText()).isEqualTo("named");
            assertThat(failure.at("/row").asText()).isEqualTo("a");
            assertThat(failure.at("/key").asText()).isEqualTo(Unit.OLD.id().toString());
            assertThat(failure.at("/reason").asText()).isNotEmpty();
            assertThat(report.remaining()).isEqualTo(1);
        }
    }
}
