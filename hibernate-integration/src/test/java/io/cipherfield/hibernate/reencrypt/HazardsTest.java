package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.internal.hazard.Hazard;
import io.cipherfield.hibernate.internal.hazard.TableHazards;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.h2.api.Trigger;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a table before a job writes to it. */
class HazardsTest {

    /** H2 calls it. */
    public static final class Counting implements Trigger {

        static int fired;

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            fired++;
        }
    }

    private static final String ROWS = "select * from named order by id";

    private static TestDatabase.Fresh filled(TestDatabase kind, Class<?>... entities) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, entities)) {
            unit.persist(new Entities.Named("a", "secret"), new Entities.Named("b", null));
        }
        return database;
    }

    private static void createTrigger(Unit unit, TestDatabase kind) {
        switch (kind) {
            case H2 ->
                unit.execute("create trigger \"Stamp\" after insert, update on named for each row call '"
                        + Counting.class.getName() + "'");
            case POSTGRESQL ->
                unit.execute(
                        "create table stamps (at timestamptz)",
                        "create function stamp() returns trigger language plpgsql as "
                                + "$$ begin insert into stamps values (now()); return new; end $$",
                        "create trigger \"Stamp\" after insert or update on named for each row execute function stamp()");
            case MARIADB ->
                unit.execute(
                        "create table stamps (at timestamp)",
                        "create trigger `Stamp` after update on named for each row insert into stamps values (now())");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_table_with_a_trigger_is_not_written_to_unless_that_is_allowed(TestDatabase kind) {
        TestDatabase.Fresh database = filled(kind, Entities.Named.class);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            createTrigger(unit, kind);
            List<List<String>> before = unit.raw(ROWS);
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContainingAll(
                            "Nothing was written",
                            "named: trigger Stamp (after update, for each row",
                            "allowTriggers()",
                            "cipherfield.job.allow-triggers=true");
            assertThatThrownBy(() -> unit.job().allowVersionedHistory().run())
                    .isInstanceOf(ReencryptionException.class);
            assertThat(unit.raw(ROWS)).isEqualTo(before);

            // Nothing of it hides values.
            assertThat(unit.job().census().notSeen()).isEmpty();
            assertThat(unit.job().verify().scanned()).isEqualTo(2);
            assertThat(unit.job().dryRun().rewritten()).isEqualTo(1);
            assertThat(unit.raw(ROWS)).isEqualTo(before);

            assertThat(unit.job().allowTriggers().run().rewritten()).isEqualTo(1);
            assertThat(unit.raw(ROWS)).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_trigger_that_updates_do_not_fire_is_none(TestDatabase kind) {
        TestDatabase.Fresh database = filled(kind, Entities.Named.class);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            switch (kind) {
                case H2 ->
                    unit.execute("create trigger stamp after insert, delete on named for each row call '"
                            + Counting.class.getName() + "'");
                case POSTGRESQL ->
                    unit.execute(
                            "create function stamp() returns trigger language plpgsql as $$ begin return new; end $$",
                            "create trigger t1 after insert or delete on named for each row execute function stamp()",
                            "create trigger t2 after update of id on named for each row execute function stamp()",
                            "create trigger t3 after update on named for each row execute function stamp()",
                            "alter table named disable trigger t3",
                            "create trigger t4 after update on named for each row execute function stamp()",
                            "alter table named enable replica trigger t4");
                case MARIADB ->
                    unit.execute("create trigger stamp before insert on named for each row set new.id = new.id");
            }
            assertThat(hazards(unit, database)).isEmpty();
            assertThat(unit.job().run().rewritten()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_that_need_quotes_are_found(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            switch (kind) {
                case H2 ->
                    unit.execute(
                            "create trigger stamp before update on \"Order Line\" for each row call '"
                                    + Counting.class.getName() + "'",
                            "alter table \"Order Line\" add column start varchar generated always as (substring(\"Secret Value\", 1, 8))");
                case POSTGRESQL ->
                    unit.execute(
                            "create function stamp() returns trigger language plpgsql as $$ begin return new; end $$",
                            "create trigger stamp before update of \"Secret Value\" on \"Order Line\" for each row"
                                    + " when (old.id = 1) execute function stamp()",
                            "alter table \"Order Line\" add column start text generated always as (substring(\"Secret Value\", 1, 8)) stored");
                case MARIADB ->
                    unit.execute(
                            "create trigger stamp before update on `Order Line` for each row set new.id = new.id",
                            "alter table `Order Line` add column start varchar(10) as (substring(`Secret Value`, 1, 8)) stored");
            }
            List<Hazard> found = hazards(unit, database);
            assertThat(found)
                    .extracting(Hazard::kind)
                    .containsExactlyInAnyOrder(Hazard.Kind.TRIGGER, Hazard.Kind.NOTICE);
            assertThat(found).allSatisfy(hazard -> assertThat(hazard.toString()).contains("Order Line"));
            assertThat(found)
                    .anySatisfy(hazard -> assertThat(hazard.text())
                            .containsIgnoringCase("column start is generated from Secret Value"));
            if (kind == TestDatabase.POSTGRESQL) {
                assertThat(found.get(0).text()).contains("under a condition, function stamp");
            }
        }
    }

    @Test
    void triggers_of_partitions_and_rules_and_tables_beneath_a_view_are_found_on_postgresql() {
        TestDatabase.Fresh database = TestDatabase.POSTGRESQL.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.execute(
                    "drop table named",
                    "create table named (id varchar(60) primary key, secret varchar(1100)) partition by range (id)",
                    "create table named_a partition of named for values from ('a') to ('m')",
                    "create table named_m partition of named for values from ('m') to ('z') partition by range (id)",
                    "create table named_mm partition of named_m for values from ('m') to ('z')",
                    "create function stamp() returns trigger language plpgsql as $$ begin return new; end $$",
                    "create trigger everywhere after update on named for each row execute function stamp()",
                    "create trigger deep before update on named_mm for each row execute function stamp()",
                    "create trigger never after update on named_a for each statement execute function stamp()");
            assertThat(hazards(unit, database))
                    .extracting(Hazard::toString)
                    .containsExactly(
                            "named: trigger everywhere (after update, for each row, function stamp)",
                            "named_mm: trigger deep (before update, for each row, function stamp)");

            unit.execute(
                    "drop table named",
                    "create table named_base (id varchar(60) primary key, secret varchar(1100), deleted boolean)",
                    "create trigger beneath after update on named_base for each statement execute function stamp()",
                    "create view named as select id, secret from named_base where not deleted",
                    "create rule renamed as on update to named do also notify named");
            assertThat(hazards(unit, database))
                    .extracting(Hazard::toString)
                    .containsExactly(
                            "named_base: trigger beneath (after update, for each statement, function stamp)",
                            "named: rule renamed (beside update)",
                            "named: it is a view: what it leaves out is not seen");
        }
    }

    @Test
    void row_level_security_of_this_user_is_said_and_no_census_calls_itself_complete() {
        TestDatabase.Fresh database = filled(TestDatabase.POSTGRESQL, Entities.Named.class);
        String user = database.url().substring(database.url().lastIndexOf('/') + 1) + "_app";
        try (Unit unit = Unit.after(database)) {
            unit.execute(
                    "create user " + user + " password 'app'",
                    "grant all on all tables in schema public to " + user,
                    "grant create on schema public to " + user,
                    "insert into named select 'hidden', secret from named where id = 'a'",
                    "alter table named enable row level security",
                    "create policy shown on named using (id <> 'hidden')");
        }
        try (Unit owner = Unit.after(database, Entities.Named.class)) {
            assertThat(hazards(owner, database)).isEmpty();
            assertThat(owner.job().census().remaining(Unit.OLD.id())).isEqualTo(2);
        }
        TestDatabase.Fresh asUser = database.as(user, "app");
        try (Unit unit = Unit.after(asUser, Entities.Named.class)) {
            assertThat(hazards(unit, asUser)).extracting(Hazard::kind).containsExactly(Hazard.Kind.HIDES_ROWS);
            assertThat(unit.job().run().rewritten()).isEqualTo(1);
            Census census = unit.job().census();
            assertThat(census.remaining(Unit.OLD.id())).isZero();
            assertThat(census.rowsHidden()).isTrue();
            assertThat(census.toText())
                    .contains("none found in what could be seen of 1 column")
                    .contains("not seen: named: row-level security applies to user " + user)
                    .doesNotContain("none found in 1 column");
        }
        try (Unit owner = Unit.after(database, Entities.Named.class)) {
            assertThat(owner.job().census().remaining(Unit.OLD.id())).isEqualTo(1);
            assertThat(owner.job().census().rowsHidden()).isFalse();
            owner.execute("alter table named force row level security", "alter role " + user + " bypassrls");
        }
        try (Unit unit = Unit.after(asUser, Entities.Named.class)) {
            assertThat(unit.job().census().rowsHidden()).isFalse();
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(1);
        }
    }

    @Test
    void a_published_table_without_replica_identity_is_refused_before_others_are_written_to() {
        TestDatabase.Fresh database = filled(TestDatabase.POSTGRESQL, Entities.Named.class, Entities.Simple.class);
        try (Unit unit = Unit.after(database, Entities.Named.class, Entities.Simple.class)) {
            unit.execute("alter table named replica identity nothing", "create publication everything for all tables");
            List<List<String>> before = unit.raw(ROWS);
            assertThatThrownBy(() ->
                            unit.job().allowTriggers().allowVersionedHistory().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContainingAll(
                            "Nothing was written", "publication everything", "alter table named replica identity full");
            assertThat(unit.raw(ROWS)).isEqualTo(before);
            unit.execute("alter table named replica identity full");
            assertThat(unit.job().run().rewritten()).isEqualTo(1);
        }
    }

    @Test
    void a_system_versioned_table_is_not_written_to_unless_its_history_may_grow() {
        TestDatabase.Fresh database = filled(TestDatabase.MARIADB, Entities.Named.class);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            unit.execute("alter table named add system versioning");
            List<List<String>> before = unit.raw(ROWS);
            assertThatThrownBy(() -> unit.job().allowTriggers().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContainingAll(
                            "Nothing was written",
                            "named: it is system-versioned, and its history keeps old values of secret",
                            "allowVersionedHistory()",
                            "cipherfield.job.allow-versioned-history=true");
            assertThat(unit.raw(ROWS)).isEqualTo(before);

            assertThat(unit.job().allowVersionedHistory().run().rewritten()).isEqualTo(1);
            Census census = unit.job().census();
            assertThat(census.remaining(Unit.OLD.id())).isZero();
            assertThat(census.toText())
                    .contains("none found in what could be seen", "not seen: named: it is system-versioned");
            assertThat(unit.raw("select count(*) from named for system_time all"))
                    .containsExactly(List.of("3"));

            unit.execute(
                    "alter table named drop system versioning",
                    "create or replace table named (id varchar(60) primary key, other int,"
                            + " secret varchar(1100) without system versioning) with system versioning");
            assertThat(hazards(unit, database)).isEmpty();
        }
    }

    @Test
    void triggers_that_mariadb_does_not_show_to_this_user_are_not_taken_for_absent() {
        TestDatabase.Fresh database = filled(TestDatabase.MARIADB, Entities.Named.class);
        String schema = database.url().substring(database.url().lastIndexOf('/') + 1);
        TestDatabase.Fresh asUser = database.as(schema + "_app", "app");
        try (Unit owner = Unit.after(database, Entities.Named.class)) {
            owner.execute(
                    "create user " + schema + "_app identified by 'app'",
                    "grant select, insert, update, delete on " + schema + ".* to " + schema + "_app");
            owner.execute(owner.job().progressTableDdl().toArray(String[]::new));
            createTrigger(owner, TestDatabase.MARIADB);
        }
        try (Unit unit = Unit.after(asUser, Entities.Named.class)) {
            assertThatThrownBy(() -> unit.job().run())
                    .isInstanceOf(ReencryptionException.class)
                    .hasMessageContainingAll(
                            "named: whether it has triggers cannot be seen", "grant trigger on `" + schema + "`.*");
        }
        try (Unit owner = Unit.after(database, Entities.Named.class)) {
            owner.execute("drop trigger `Stamp`", "grant trigger on " + schema + ".named to " + schema + "_app");
        }
        try (Unit unit = Unit.after(asUser, Entities.Named.class)) {
            assertThat(hazards(unit, asUser)).isEmpty();
            assertThat(unit.job().run().rewritten()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void a_view_is_said_to_leave_out_rows(TestDatabase kind) {
        TestDatabase.Fresh database = filled(kind, Entities.Named.class);
        try (Unit unit = Unit.after(database, Entities.Named.class)) {
            unit.execute("alter table named rename to named_base", "create view named as select * from named_base");
            assertThat(unit.job().census().notSeen())
                    .anySatisfy(one -> assertThat(one).startsWith("named: it is a view"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_census_of_some_columns_says_that_there_are_others(TestDatabase kind) {
        TestDatabase.Fresh database = filled(kind, Entities.Named.class, Entities.Simple.class);
        try (Unit unit = Unit.after(database, Entities.Named.class, Entities.Simple.class)) {
            assertThat(unit.job().only(Entities.Named.class).census().toText())
                    .contains("not seen: the other 2 encrypted columns, since the job was told to keep to some");
            assertThat(unit.job().census().notSeen()).isEmpty();
        }
    }

    private static List<Hazard> hazards(Unit unit, TestDatabase.Fresh database) {
        try (Connection connection = database.connect()) {
            DatabaseKind kind = DatabaseKind.of(unit.sessions()
                    .unwrap(SessionFactoryImplementor.class)
                    .getJdbcServices()
                    .getDialect());
            List<Hazard> found = new ArrayList<>();
            for (var columns : EncryptedColumns.of(unit.sessions()).byTable().values()) {
                found.addAll(TableHazards.find(connection, kind, columns));
            }
            found.sort(Comparator.comparing(Hazard::kind));
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
