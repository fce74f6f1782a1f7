package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.journal.Counts;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application does to rows without a key that stays, between the job's reading and its writing. */
class MissInCollectionsTest {

    @Embeddable
    static class Item {
        @Encrypted
        String secret = "secret";

        String plain;

        static Item of(String plain) {
            Item item = new Item();
            item.plain = plain;
            return item;
        }
    }

    @Entity(name = "Keeper")
    @Table(name = "keeper")
    static class Keeper {
        @Id
        Long id = 1L;

        @ElementCollection
        @CollectionTable(name = "keeper_items")
        List<Item> items = new ArrayList<>(List.of(Item.of("a"), Item.of("b"), Item.of("c"), Item.of("goes")));

        @ElementCollection
        @CollectionTable(name = "keeper_entries")
        @EncryptedKey
        @MapKeyColumn(name = "entry_key")
        @Encrypted
        Map<String, String> entries = new HashMap<>(Map.of("a", "1", "b", "2", "goes", "3"));
    }

    @ParameterizedTest
    @EnumSource
    void a_row_that_changed_in_another_column_counts_once_and_one_that_is_gone_is_not_rewritten(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Keeper.class)) {
            unit.persist(new Keeper());
        }
        try (Unit unit = Unit.after(database, Keeper.class)) {
            Counts counts = run(
                    unit,
                    "keeper_items",
                    () -> unit.execute(
                            "delete from keeper_items where plain = 'goes'",
                            "update keeper_items set plain = concat(plain, ' changed')"));
            assertThat(counts.rewritten()).isEqualTo(3);
            assertThat(counts.scanned() - counts.changedMeanwhile()).isEqualTo(3);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(3 * 2);
            unit.sessions()
                    .inTransaction(session -> assertThat(session.find(Keeper.class, 1L).items)
                            .extracting(item -> item.secret + " " + item.plain)
                            .containsExactlyInAnyOrder("secret a changed", "secret b changed", "secret c changed"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_whose_value_changed_under_its_encrypted_key_counts_once(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Keeper.class)) {
            unit.persist(new Keeper());
        }
        try (Unit unit = Unit.after(database, Keeper.class);
                Unit old = Unit.start(
                        database, "none", CipherfieldConfiguration.of(Keyring.of(Unit.OLD, Unit.NEW)), Keeper.class)) {
            Counts counts = run(
                    unit,
                    "keeper_entries",
                    () -> old.sessions().inTransaction(session -> {
                        Map<String, String> entries = session.find(Keeper.class, 1L).entries;
                        entries.remove("goes");
                        entries.put("a", "11");
                    }));
            // Hibernate gives the changed entry a new row, which H2 alone tells from the old one.
            int rows = kind == TestDatabase.H2 ? 1 : 2;
            assertThat(counts.rewritten()).isEqualTo(rows * 2);
            assertThat(counts.changedMeanwhile()).isEqualTo((3 - rows) * 2);
            assertThat(counts.scanned()).isEqualTo(3 * 2);
            unit.sessions()
                    .inTransaction(session -> assertThat(session.find(Keeper.class, 1L).entries)
                            .containsOnly(Map.entry("a", "11"), Map.entry("b", "2")));
        }
    }

    /** @param application does its part before the first page is written */
    private static Counts run(Unit unit, String table, Runnable application) throws Exception {
        SessionFactoryImplementor factory = unit.sessions().unwrap(SessionFactoryImplementor.class);
        List<EncryptedColumn> columns = EncryptedColumns.of(factory).all().stream()
                .filter(column -> column.table().name().equals(table))
                .toList();
        DatabaseKind database = DatabaseKind.of(factory.getJdbcServices().getDialect());
        try (JobConnection connection = JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(database, LockTimeout.DEFAULT))) {
            TableShape shape = TableShape.read(connection, database, columns, columns);
            RowWriter writer = RowWriter.of(connection, database, shape, List.of());
            boolean[] done = {false};
            RowWriter meddledWith = new RowWriter() {
                @Override
                public boolean write(JobConnection job, List<Row> rows) throws SQLException {
                    if (!done[0]) {
                        done[0] = true;
                        application.run();
                    }
                    return writer.write(job, rows);
                }

                @Override
                public String name() {
                    return "meddled with";
                }
            };
            Tally tally = new Tally();
            PageJob page = new PageJob(shape, PageReader.of(shape, database), meddledWith, new Decider(Mode.RUN));
            OnePart.run(unit.job().settings("", progress -> {}, List.of()), connection, shape, page, 100, tally);
            assertThat(tally.failures()).isEmpty();
            return tally.counts();
        }
    }
}
