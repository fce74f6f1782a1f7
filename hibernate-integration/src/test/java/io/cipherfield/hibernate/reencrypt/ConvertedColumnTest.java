package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column of text that was made one of bytes, with its values as they were: ciphertext in the text form. */
class ConvertedColumnTest {

    private static final String CONTEXT = "converted.secret";
    private static final String OLD_VALUES = "key " + Unit.OLD.id();

    @Entity(name = "Before")
    @Table(name = "converted")
    static class Before {
        @Id
        Long id;

        @Encrypted(context = CONTEXT)
        String secret;

        Before() {}

        Before(long id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    @Entity(name = "After")
    @Table(name = "converted")
    static class After {
        @Id
        Long id;

        @Encrypted(context = CONTEXT, storage = Storage.BINARY)
        @Column(length = 500)
        String secret;
    }

    private static TestDatabase.Fresh converted(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Before.class)) {
            unit.persist(new Before(1, "one"), new Before(2, "a longer value, of more than a few characters"));
            unit.persist(new Before(3, null));
            unit.execute(
                    switch (kind) {
                        case H2 -> "alter table converted alter column secret varbinary(1547)";
                        case POSTGRESQL ->
                            "alter table converted alter column secret type bytea using convert_to(secret, 'UTF8')";
                        case MARIADB -> "alter table converted modify secret varbinary(1547)";
                    });
        }
        return database;
    }

    private static Unit checked(TestDatabase.Fresh database, Keyring keys) {
        return Unit.start(database, "none", CipherfieldConfiguration.of(keys), Function.identity(), After.class);
    }

    private static void assertReadable(Unit unit) {
        assertThat(unit.all(After.class))
                .extracting(row -> row.secret)
                .containsExactlyInAnyOrder("one", "a longer value, of more than a few characters", null);
    }

    @ParameterizedTest
    @EnumSource
    void the_start_up_check_asks_for_the_key_of_its_values(TestDatabase kind) {
        TestDatabase.Fresh database = converted(kind);
        assertThatThrownBy(() -> checked(database, Keyring.of(Unit.NEW)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(OLD_VALUES)
                .hasMessageNotContaining("not encrypted");
        checked(database, Keyring.of(Unit.NEW, Unit.OLD)).close();
    }

    @ParameterizedTest
    @EnumSource
    void its_values_are_read_counted_and_rewritten_in_bytes(TestDatabase kind) {
        TestDatabase.Fresh database = converted(kind);
        try (Unit unit = checked(database, Keyring.of(Unit.NEW, Unit.OLD))) {
            assertReadable(unit);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(2);
            assertThat(unit.job().census().plaintexts()).isZero();
            assertThat(unit.job().verify().rewritten()).isEqualTo(2);
            assertThat(unit.job().dryRun().rewritten()).isEqualTo(2);

            Report report = unit.job().run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(2);
            assertThat(report.fromPlaintext()).isZero();
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
            assertThat(unit.raw("select secret from converted where secret is not null"))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.get(0)).startsWith("cf"));
            assertReadable(unit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_value_under_the_key_that_encrypts_is_not_current_in_the_form_of_another_column(TestDatabase kind) {
        TestDatabase.Fresh database = converted(kind);
        try (Unit unit = checked(database, Keyring.of(Unit.OLD))) {
            assertThat(unit.job().run().rewritten()).isEqualTo(2);
            assertThat(unit.job().run().alreadyCurrent()).isEqualTo(2);
            assertReadable(unit);
        }
    }
}
