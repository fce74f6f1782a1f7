package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.PlaintextMode;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.net.URL;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way back: ciphertext becomes what an application without encryption reads. */
class DecryptAllTest {

    record Note(String text) {}

    @Entity(name = "Leaver")
    @Table(name = "leaver")
    static class Leaver {
        @Id
        Long id;

        @Encrypted
        String name;

        @Encrypted(padTo = 64)
        byte[] photo;

        @Encrypted(storage = Storage.TEXT)
        URL page;

        @Encrypted(storage = Storage.TEXT)
        Note note;

        @Encrypted(deterministic = true)
        @Column(unique = true)
        String tax;

        Leaver() {}

        Leaver(long id, String name) {
            this.id = id;
            this.name = name;
            this.tax = "tax " + id;
        }
    }

    /** The same table, for those who use a part of it. */
    @Entity(name = "Leaver")
    @Table(name = "leaver")
    static class PlainLeaver {
        @Id
        Long id;

        String name;
        byte[] photo;
        URL page;
        String tax;
    }

    @Entity(name = "Stayer")
    @Table(name = "stayer")
    static class Stayer {
        @Id
        Long id = 1L;

        @Encrypted
        String name = "name";

        @Encrypted
        LocalDate born = LocalDate.of(2000, 1, 1);

        @Encrypted(plaintext = PlaintextMode.REFUSE)
        String refused = "refused";
    }

    static final String ASKED_FOR = "store 5 columns in clear";

    static Unit preparing(TestDatabase.Fresh database, Class<?>... entities) {
        return Unit.start(
                database,
                "none",
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD)).withPlaintext(PlaintextPolicy.PREPARE),
                entities);
    }

    /** Columns of ciphertext are ASCII on MariaDB; the start-up check prints the statement. */
    static void widen(Unit unit, TestDatabase kind) {
        if (kind == TestDatabase.MARIADB) {
            for (String column : List.of("name", "page", "tax")) {
                unit.execute("alter table leaver modify " + column
                        + " varchar(1083) character set utf8mb4 collate utf8mb4_bin");
            }
            unit.execute("alter table leaver modify note longtext character set utf8mb4 collate utf8mb4_bin");
        }
    }

    private static URL url(String text) throws Exception {
        return URI.create(text).toURL();
    }

    @ParameterizedTest
    @EnumSource
    void all_values_go_back_to_what_a_plain_application_reads(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Leaver.class)) {
            Leaver whole = new Leaver(1, "Zoë 😀 ł");
            whole.photo = new byte[] {0, 1, -1};
            whole.page = url("https://example.org/");
            whole.note = new Note("né");
            Leaver empty = new Leaver(2, "");
            empty.tax = null;
            unit.persist(whole, empty);
            widen(unit, kind);
        }
        try (Unit unit = Unit.after(database, Leaver.class)) {
            unit.persist(LongStream.rangeClosed(3, 30)
                    .mapToObj(id -> new Leaver(id, "name " + id))
                    .toList());
        }
        try (Unit unit = preparing(database, Leaver.class)) {
            unit.persist(new Leaver(31, "in clear"));
            Report verified = unit.job().verify();
            assertThat(verified.successful()).isTrue();
            assertThat(verified.alreadyCurrent()).isEqualTo(2);
            assertThat(verified.rewritten()).isEqualTo(62);

            Report report = unit.job().pageSize(7).decryptAll(ASKED_FOR);

            assertThat(report.failures()).isEmpty();
            assertThat(report.remaining()).isZero();
            assertThat(report.successful()).isTrue();
            assertThat(report.mode()).isEqualTo(Mode.DECRYPT_ALL);
            assertThat(report.decrypted()).isEqualTo(62);
            assertThat(report.alreadyCurrent()).isEqualTo(2);
            assertThat(report.scanned()).isEqualTo(31 * 5);
            assertThat(report.toText())
                    .contains("decrypted", "already in clear")
                    .doesNotContain("rewritten", "plaintext", "Zoë");
            Census census = unit.job().census();
            assertThat(census.ciphertexts()).isZero();
            assertThat(census.toText()).contains("encrypted: none found in 5 columns of 1 table at");
            assertThat(unit.raw("select note from leaver where id = 1")).containsExactly(List.of("{\"text\":\"né\"}"));
            assertThat(unit.job().decryptAll(ASKED_FOR).decrypted()).isZero();
            assertThat(unit.all(Leaver.class))
                    .hasSize(31)
                    .allSatisfy(leaver -> assertThat(leaver.name).isNotNull());
        }
        try (Unit plain =
                Unit.start(database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.LOST)), PlainLeaver.class)) {
            List<PlainLeaver> all = plain.all(PlainLeaver.class);
            PlainLeaver whole =
                    all.stream().filter(one -> one.id == 1).findAny().orElseThrow();
            assertThat(whole.name).isEqualTo("Zoë 😀 ł");
            assertThat(whole.photo).containsExactly(0, 1, -1);
            assertThat(whole.page).hasToString("https://example.org/");
            assertThat(all).extracting(one -> one.name).contains("", "name 30", "in clear");
            assertThat(all).extracting(one -> one.tax).contains("tax 1", null, "tax 30", "tax 31");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_could_not_be_read_again_stays_encrypted_and_is_named(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        FieldEncryptor encryptor = FieldEncryptor.of(Keyring.of(Unit.OLD), Suite.AES_SIV, "Leaver.name");
        String ciphertext = CiphertextText.encode(encryptor.encrypt(new byte[] {1, 'x'}));
        try (Unit unit = Unit.before(database, Leaver.class)) {
            unit.persist(
                    new Leaver(1, ciphertext),
                    new Leaver(2, "half \uD83D"),
                    new Leaver(3, "fine"),
                    new Leaver(4, "nought \0"),
                    new Leaver(5, "ł"),
                    new Leaver(6, "twice"));
            if (kind != TestDatabase.MARIADB) {
                widen(unit, kind);
            }
        }
        try (Unit unit = preparing(database, Leaver.class)) {
            // In clear beside its ciphertext: the unique constraint cannot tell, until they are the same.
            Leaver twin = new Leaver(7, "twin");
            twin.tax = "tax 6";
            unit.persist(twin);
            List<List<String>> before = unit.raw("select id, name from leaver where id in (1, 2) order by id");

            Report report = unit.job().decryptAll(ASKED_FOR);

            assertThat(report.failures())
                    .extracting(failure -> failure.key() + " " + failure.column())
                    .contains("1 name", "2 name", "6 name", "6 tax");
            assertThat(failure(report, "1")).contains("starts as ciphertext does");
            assertThat(failure(report, "2")).contains("half of a surrogate pair");
            assertThat(failure(report, "6")).contains("SQLSTATE 23");
            int further = 0;
            if (kind == TestDatabase.POSTGRESQL) {
                assertThat(failure(report, "4")).contains("the character 0");
                further = 1;
            } else if (kind == TestDatabase.MARIADB) {
                assertThat(failure(report, "5")).contains("character set ascii");
                further = 1;
            }
            assertThat(report.failed()).isEqualTo(4 + further);
            assertThat(report.toText()).doesNotContain(ciphertext, "half \uD83D", "nought", "twice");
            assertThat(unit.raw("select id, name from leaver where id in (1, 2) order by id"))
                    .isEqualTo(before);
            assertThat(unit.raw("select name, tax from leaver where id = 3")).containsExactly(List.of("fine", "tax 3"));
            assertThat(unit.job().census().ciphertexts()).isEqualTo(4 + further);
            assertThat(unit.all(Leaver.class)).extracting(leaver -> leaver.name).contains("half \uD83D", "ł", "twice");
        }
    }

    private static String failure(Report report, String key) {
        return report.failures().stream()
                .filter(failure -> failure.key().equals(key))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    @Test
    void nothing_happens_without_the_words_that_say_what_happens() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Leaver.class)) {
            unit.persist(new Leaver(1, "name"));
        }
        try (Unit unit = preparing(database, Leaver.class)) {
            List<List<String>> before = unit.raw("select * from leaver");
            for (String words : List.of("", "yes", "store 4 columns in clear", "store 5 columns")) {
                assertThatThrownBy(() -> unit.job().decryptAll(words))
                        .isInstanceOf(ReencryptionException.class)
                        .hasMessageStartingWith("Nothing was written.")
                        .hasMessageContaining("stored in clear, for everyone who can read the database")
                        .hasMessageContaining("leaver.tax")
                        .hasMessageEndingWith(": " + ASKED_FOR);
            }
            assertThat(unit.raw("select * from leaver")).isEqualTo(before);
            assertThatThrownBy(() -> unit.job().only(Leaver.class, "name").decryptAll(ASKED_FOR))
                    .hasMessageEndingWith(": store 1 column in clear");
            assertThat(unit.job()
                            .only(Leaver.class, "name")
                            .decryptAll("store 9 columns in clear, store 1 column in clear")
                            .decrypted())
                    .isEqualTo(1);
        }
    }

    @Test
    void attributes_that_cannot_go_back_are_named_before_anything_is_written() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Stayer.class)) {
            unit.persist(new Stayer());
            assertThatThrownBy(() -> unit.job().only(Stayer.class, "name").decryptAll("store 1 column in clear"))
                    .hasMessageContaining("stayer.name")
                    .hasMessageContaining("plaintext=prepare is not on for it");
        }
        try (Unit unit = preparing(database, Stayer.class)) {
            List<List<String>> before = unit.raw("select * from stayer");
            assertThatThrownBy(() -> unit.job().decryptAll("store 3 columns in clear"))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageStartingWith("Nothing was written.")
                    .hasMessageContaining("stayer.born")
                    .hasMessageContaining("cannot go back: a plain column of java.time.LocalDate has another kind")
                    .hasMessageContaining("stayer.refused")
                    .hasMessageContaining("Reencryption.only")
                    .hasMessageNotContaining("stayer.name");
            assertThat(unit.raw("select * from stayer")).isEqualTo(before);
            assertThat(unit.job()
                            .only(Stayer.class, "name")
                            .decryptAll("store 1 column in clear")
                            .decrypted())
                    .isEqualTo(1);
            assertThat(unit.raw("select name from stayer")).containsExactly(List.of("name"));
        }
    }

    @Test
    void a_run_does_not_encrypt_what_the_application_writes_in_clear() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Stayer.class)) {
            unit.persist(new Stayer());
        }
        try (Unit unit = preparing(database, Stayer.class)) {
            List<List<String>> before = unit.raw("select * from stayer");
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("stayer.name")
                    .hasMessageContaining("cipherfield.plaintext=allow")
                    .hasMessageNotContaining("stayer.born");
            assertThat(unit.raw("select * from stayer")).isEqualTo(before);
            assertThat(unit.job().dryRun().rewritten()).isEqualTo(3);
            assertThat(unit.job().only(Stayer.class, "born").run().rewritten()).isEqualTo(1);
        }
    }

    @Test
    void a_column_that_alters_what_it_is_given_stops_the_job_and_keeps_the_ciphertext() {
        TestDatabase.Fresh database = TestDatabase.MARIADB.fresh();
        try (Unit unit = Unit.before(database, Leaver.class)) {
            unit.persist(new Leaver(1, "blanks at the end  "));
            unit.execute("alter table leaver modify name char(255) character set utf8mb4 collate utf8mb4_bin");
        }
        try (Unit unit = preparing(database, Leaver.class)) {
            assertThatThrownBy(() -> unit.job().decryptAll(ASKED_FOR))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("did not keep a value of row 1")
                    .hasMessageNotContaining("blanks at the end ");
            assertThat(unit.job().census().plaintexts()).isZero();
        }
    }

    @Entity(name = "Tagged")
    @Table(name = "tagged")
    static class Tagged {
        @Id
        Long id = 1L;

        @ElementCollection
        @CollectionTable(name = "tag")
        @Column(name = "word", length = 20)
        @Encrypted(deterministic = true)
        Set<String> words = Set.of("one", "two ");
    }

    @ParameterizedTest
    @EnumSource
    void rows_that_move_count_once_however_often_the_job_is_stopped_and_their_keys_show_nowhere(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        int words = 12;
        Tagged tagged = new Tagged();
        tagged.words = IntStream.range(0, words).mapToObj(i -> "word " + i).collect(Collectors.toSet());
        try (Unit unit = Unit.before(database, Tagged.class)) {
            unit.persist(tagged);
        }
        try (Unit unit = preparing(database, Tagged.class)) {
            String inClear = "plain ";
            Tagged other = new Tagged();
            other.id = 2L;
            other.words = IntStream.range(0, words).mapToObj(i -> inClear + i).collect(Collectors.toSet());
            unit.persist(other);
            Report report;
            int starts = 0;
            do {
                ReencryptionControl control = new ReencryptionControl();
                report = unit.job()
                        .pageSize(2)
                        .control(control)
                        .listener(progress -> control.stop())
                        .decryptAll("store 1 column in clear");
                assertThat(unit.raw("select reached_key from cipherfield_reencryption_range")
                                .toString())
                        .doesNotContain(inClear, "word ");
            } while (report.end() == Report.End.STOPPED && ++starts < 100);
            assertThat(starts).isGreaterThan(5);
            assertThat(report.alreadyCurrent()).isEqualTo(words);
            assertThat(report.decrypted()).isEqualTo(words);
            assertThat(report.scanned()).isEqualTo(2 * words);
        }
    }

    @Test
    void rows_that_move_are_not_given_to_triggers_that_could_alter_what_nobody_reads_back() {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        try (Unit unit = Unit.before(database, Tagged.class)) {
            unit.persist(new Tagged());
            unit.execute(
                    "create function shout() returns trigger language plpgsql as"
                            + " 'begin new.word := upper(new.word); return new; end'",
                    "create trigger shout before update on tag for each row execute function shout()");
        }
        try (Unit unit = preparing(database, Tagged.class)) {
            assertThatThrownBy(() -> unit.job().allowTriggers().decryptAll("store 1 column in clear"))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("Nothing was written")
                    .hasMessageContaining("trigger shout")
                    .hasMessageContaining("read back");
            assertThat(unit.job().census().plaintexts()).isZero();
            unit.execute("alter table tag disable trigger shout");
            assertThat(unit.job().decryptAll("store 1 column in clear").decrypted())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void rows_that_move_go_back_unless_their_column_would_cut_blanks(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Tagged.class)) {
            unit.persist(new Tagged());
        }
        try (Unit unit = preparing(database, Tagged.class)) {
            boolean mariadb = kind == TestDatabase.MARIADB;
            String modify = mariadb ? "alter table tag modify word " : "alter table tag alter word type ";
            String rest = mariadb ? " character set utf8mb4 collate utf8mb4_bin not null" : "";
            unit.execute(modify + "char(200)" + rest);
            List<List<String>> before = unit.raw("select word from tag order by word");
            assertThatThrownBy(() -> unit.job().decryptAll("store 1 column in clear"))
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContaining("tag.word")
                    .hasMessageContaining("fixed length");
            assertThat(unit.raw("select word from tag order by word")).isEqualTo(before);

            unit.execute(modify + "varchar(200)" + rest);
            assertThat(unit.job().decryptAll("store 1 column in clear").decrypted())
                    .isEqualTo(2);
            assertThat(unit.raw("select concat('<', word, '>') from tag order by 1"))
                    .containsExactlyInAnyOrder(List.of("<one>"), List.of("<two >"));
        }
    }
}
