package io.cipherfield.hibernate.internal.journal;

import static io.cipherfield.hibernate.internal.journal.Site.COVERED;
import static io.cipherfield.hibernate.internal.journal.Site.DEFINITION;
import static io.cipherfield.hibernate.internal.journal.Site.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTablesTest {

    private static final String PASSWORD = "pass-of-the-test";

    @ParameterizedTest
    @EnumSource
    void who_may_not_create_tables_is_given_the_statements_and_can_go_on_with_them(TestDatabase kind)
            throws SQLException {
        TestDatabase.Fresh owner = kind.fresh();
        String user = "clerk_of_" + owner.url().replaceAll(".*[:/](unit_\\d+).*", "$1");
        try (Site admin = new Site(owner, null);
                Site clerk = new Site(as(owner, user), null)) {
            switch (kind) {
                case H2 -> admin.execute("create user " + user + " password '" + PASSWORD + "'");
                case POSTGRESQL -> admin.execute("create user " + user + " password '" + PASSWORD + "'");
                case MARIADB -> {
                    admin.execute("create user " + user + " identified by '" + PASSWORD + "'");
                    admin.execute("create table already_there (id integer)");
                    admin.execute("grant select on already_there to " + user);
                }
            }
            Connection connection = clerk.connect();
            JournalException refusal =
                    catchThrowableOfType(JournalException.class, () -> clerk.claim(connection, "clerk"));
            assertThat(refusal)
                    .hasMessageContaining("cipherfield_reencryption")
                    .hasMessageContaining("cannot be created")
                    .hasMessageContainingAll(
                            clerk.journal.ddl().stream().map(ddl -> ddl + ";").toArray(String[]::new));
            String text = refusal.getMessage();
            String[] statements = text.substring(text.indexOf("\n\n")).split(";");
            admin.execute(statements);
            for (String table :
                    List.of("cipherfield_reencryption", "cipherfield_reencryption_range", "cipherfield_quarantine")) {
                admin.execute("grant select, insert, update, delete on " + table + " to " + user);
            }
            Lease lease = clerk.claim(connection, "clerk");
            lease.plan(connection, List.of(new PlannedRange("person", null, null)));
            lease.advance(connection, lease.ranges(connection).get(0), null, true, Counts.NONE);
            connection.commit();
            lease.finish(connection, COVERED);
        }
    }

    /** H2 lets administrators alone set what the URL sets. */
    private static TestDatabase.Fresh as(TestDatabase.Fresh owner, String user) {
        return new TestDatabase.Fresh(owner.kind(), owner.url().replaceAll(";.*", ""), user, PASSWORD);
    }

    @ParameterizedTest
    @EnumSource
    void a_table_that_lacks_columns_is_refused_with_the_statements_that_add_them(TestDatabase kind)
            throws SQLException {
        try (Site site = new Site(kind)) {
            Connection connection = site.connect();
            Lease first = site.claim(connection, "one");
            first.plan(connection, List.of(new PlannedRange("person", null, null)));
            first.release(connection);
            for (String column : List.of("pages", "failed")) {
                site.execute("alter table cipherfield_reencryption_range drop column " + column);
            }
            site.execute("alter table cipherfield_quarantine drop column reason");
            JournalException refusal =
                    catchThrowableOfType(JournalException.class, () -> site.claim(connection, "a later release"));
            assertThat(refusal)
                    .hasMessageContainingAll(
                            "missing in cipherfield_reencryption_range and cipherfield_quarantine,", "older release");
            String text = refusal.getMessage();
            String[] statements = text.substring(text.indexOf("\n\n")).split(";");
            assertThat(statements).hasSize(3);
            site.execute(statements);
            Lease second = site.claim(connection, "a later release");
            assertThat(second.resumed()).isTrue();
            assertThat(second.ranges(connection).get(0).counts()).isEqualTo(Counts.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_tables_lie_where_the_name_says(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        boolean mariadb = kind == TestDatabase.MARIADB;
        String place = mariadb ? database.url().replaceAll(".*/", "") + "_ops" : "ops";
        String name = mariadb ? place + ".`The job`" : place + ".\"The job\"";
        try (Site site = new Site(database, name)) {
            site.execute("create schema " + place);
            Connection connection = site.connect();
            Lease lease = site.claim(connection, "one");
            lease.plan(connection, List.of(new PlannedRange("person", null, null)));
            lease.quarantine(connection, List.of(new Quarantined("person", "1", "ssn", null, "no key", null)));
            lease.advance(connection, lease.ranges(connection).get(0), null, true, Counts.NONE);
            connection.commit();
            lease.finish(connection, COVERED);
            char quote = mariadb ? '`' : '"';
            assertThat(Site.number(connection, "select count(*) from " + place + "." + quote + "The job_range" + quote))
                    .isEqualTo(1);
            connection.commit();
            // Another job in the same database, with tables of its own, does not mind.
            Site.number(connection, "select count(*) from " + name);
            connection.commit();
            assertThat(Journal.of(Site.dialect(kind), null)
                            .claim(connection, DEFINITION, Site.DATA, "two", LONG)
                            .token())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_name_that_no_schema_holds_is_told_by_the_databases_own_words(TestDatabase kind) throws SQLException {
        try (Site site = new Site(kind.fresh(), "not_there.job")) {
            Connection connection = site.connect();
            assertThatThrownBy(() -> site.claim(connection, "one"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("create table not_there.job_quarantine");
        }
    }
}
