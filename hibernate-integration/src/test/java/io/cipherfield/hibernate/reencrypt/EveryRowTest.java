package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.TenantId;
import org.hibernate.cfg.Configuration;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that Hibernate itself would not show: of the past, of other tenants, behind filters, in other schemas. */
class EveryRowTest {

    @Entity(name = "Watched")
    @Audited
    static class Watched {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "first";

        @Encrypted(deterministic = true)
        String exact = "exact";

        /** In the audit table, its elements are a part of the key, as are the next ones. */
        @ElementCollection
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> names = new HashSet<>(Set.of("a", "b"));

        @ElementCollection
        @Encrypted(deterministic = true)
        List<String> bag = new ArrayList<>(List.of("a", "a", "b"));

        @ElementCollection
        @EncryptedKey
        @Encrypted(deterministic = true)
        Map<String, Integer> numbers = new HashMap<>(Map.of("one", 1, "two", 2));
    }

    @ParameterizedTest
    @EnumSource
    void of_audit_tables_are_rewritten_once_and_every_revision_still_reads(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Watched.class)) {
            unit.persist(new Watched());
            change(unit, "second", "c");
            change(unit, null, "d");
        }
        List<String> tables = List.of("Watched_AUD", "Watched_names_AUD", "Watched_bag_AUD", "Watched_numbers_AUD");
        long values;
        List<List<List<String>>> counts;
        try (Unit unit = Unit.after(database, Watched.class)) {
            values = unit.job().census().remaining(Unit.OLD.id());
            counts = counts(unit, tables);
            assertThat(counts).allSatisfy(count -> assertThat(count.get(0).get(0)).isNotEqualTo("0"));

            Report report = unit.job().pageSize(2).run();

            assertThat(report.failures()).isEmpty();
            assertThat(report.rewritten()).isEqualTo(values);
            assertThat(unit.job().run().alreadyCurrent()).isEqualTo(values);
            assertThat(counts(unit, tables)).isEqualTo(counts);
            assertThat(unit.raw("select secret from Watched_AUD where REV = 3")).containsExactly(nothing());
        }
        try (Unit unit = alone(database, settings -> settings, Watched.class)) {
            unit.sessions().inTransaction(session -> {
                Watched first = AuditReaderFactory.get(session).find(Watched.class, 1L, 1);
                assertThat(first.secret).isEqualTo("first");
                assertThat(first.exact).isEqualTo("exact");
                assertThat(first.names).containsExactlyInAnyOrder("a", "b");
                assertThat(first.numbers).containsOnly(Map.entry("one", 1), Map.entry("two", 2));
                Watched third = AuditReaderFactory.get(session).find(Watched.class, 1L, 3);
                assertThat(third.secret).isNull();
                assertThat(third.names).containsExactlyInAnyOrder("b", "c", "d");
                assertThat(third.numbers)
                        .containsOnly(Map.entry("two", 22), Map.entry("c", 5), Map.entry("d", 5));
            });
        }
    }

    private static void change(Unit unit, String secret, String name) {
        unit.sessions().inTransaction(session -> {
            Watched watched = session.find(Watched.class, 1L);
            watched.secret = secret;
            watched.names.remove("a");
            watched.names.add(name);
            watched.bag.add(name);
            watched.bag.remove("a");
            watched.numbers.remove("one");
            watched.numbers.put("two", 22);
            watched.numbers.put(name, 5);
        });
    }

    private static List<List<List<String>>> counts(Unit unit, List<String> tables) {
        return tables.stream()
                .map(table -> unit.raw("select count(*) from " + table))
                .toList();
    }

    private static List<String> nothing() {
        List<String> row = new ArrayList<>();
        row.add(null);
        return row;
    }

    @Entity(name = "Owned")
    @Table(name = "owned")
    @FilterDef(name = "few", autoEnabled = true, defaultCondition = "id > 7")
    @Filter(name = "few")
    static class Owned {
        @Id
        Long id;

        @TenantId
        String tenant;

        @Encrypted
        String secret;

        @ElementCollection
        @Encrypted
        List<String> bag = new ArrayList<>();

        static Owned of(long id) {
            Owned owned = new Owned();
            owned.id = id;
            owned.secret = "secret " + id;
            owned.bag.add("element " + id);
            return owned;
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_every_tenant_and_behind_filters_are_rewritten(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        String[] tenant = {"acme"};
        try (Unit unit = Unit.start(
                database,
                "create",
                CipherfieldConfiguration.of(Keyring.of(Unit.OLD)).withStartupCheck(StartupCheckMode.OFF),
                settings -> tenant(settings, tenant),
                Owned.class)) {
            unit.persist(Owned.of(1), Owned.of(8));
            tenant[0] = "globex";
            unit.persist(Owned.of(2), Owned.of(9));
        }
        tenant[0] = "nobody";
        try (Unit unit = Unit.start(
                database,
                "none",
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW, Unit.OLD)).withStartupCheck(StartupCheckMode.OFF),
                settings -> tenant(settings, tenant),
                Owned.class)) {
            assertThat(unit.all(Owned.class)).isEmpty();
            assertThat(unit.job().run().rewritten()).isEqualTo(8);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isZero();
        }
        tenant[0] = "globex";
        try (Unit unit = alone(database, settings -> tenant(settings, tenant), Owned.class)) {
            assertThat(unit.all(Owned.class)).extracting(owned -> owned.secret).containsExactly("secret 9");
            assertThat(unit.job().verify().failures()).isEmpty();
        }
    }

    private static Configuration tenant(Configuration settings, String[] tenant) {
        return settings.setCurrentTenantIdentifierResolver(new CurrentTenantIdentifierResolver<>() {
            @Override
            public Object resolveCurrentTenantIdentifier() {
                return tenant[0];
            }

            @Override
            public boolean validateExistingCurrentSessions() {
                return false;
            }
        });
    }

    @Entity(name = "East")
    @Table(name = "client", schema = "cf_east")
    static class East {
        @Id
        Long id;

        @Encrypted
        String secret;

        @ElementCollection
        @CollectionTable(name = "client_bag", schema = "cf_east")
        @Encrypted
        List<String> bag = List.of("x", "y");

        @ElementCollection
        @CollectionTable(name = "client_words", schema = "cf_east")
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> words = Set.of("x", "y");
    }

    @Entity(name = "West")
    @Table(name = "client", schema = "cf_west")
    static class West {
        @Id
        Integer id;

        @Encrypted
        byte[] secret;

        @ElementCollection
        @CollectionTable(name = "client_bag", schema = "cf_west")
        @Encrypted
        List<String> bag = List.of("x", "y", "z");
    }

    /** Of MariaDB, whose databases are catalogues to Hibernate. */
    @Entity(name = "North")
    @Table(name = "client", catalog = "cf_east")
    static class North {
        @Id
        Long id;

        @Encrypted
        String secret;

        @ElementCollection
        @CollectionTable(name = "client_bag", catalog = "cf_east")
        @Encrypted
        List<String> bag = List.of("x", "y");

        @ElementCollection
        @CollectionTable(name = "client_words", catalog = "cf_east")
        @Column(nullable = false)
        @Encrypted(deterministic = true)
        Set<String> words = Set.of("x", "y");
    }

    @Entity(name = "South")
    @Table(name = "client", catalog = "cf_west")
    static class South {
        @Id
        Integer id;

        @Encrypted
        byte[] secret;

        @ElementCollection
        @CollectionTable(name = "client_bag", catalog = "cf_west")
        @Encrypted
        List<String> bag = List.of("x", "y", "z");
    }

    @ParameterizedTest
    @EnumSource
    void of_tables_with_one_name_in_two_schemas_are_rewritten(TestDatabase kind) throws SQLException {
        TestDatabase.Fresh database = kind.fresh();
        boolean catalogues = kind == TestDatabase.MARIADB;
        Class<?>[] entities = catalogues
                ? new Class<?>[] {North.class, South.class}
                : new Class<?>[] {East.class, West.class};
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists cf_east");
            statement.execute("create schema if not exists cf_west");
        }
        try (Unit unit = Unit.before(database, entities)) {
            for (int id = 1; id <= 5; id++) {
                unit.persist(catalogues ? north(id) : east(id), catalogues ? south(id) : west(id));
            }
        }
        try (Unit unit = Unit.after(database, entities)) {
            assertThat(unit.job().only(entities[0]).pageSize(2).run().rewritten()).isEqualTo(5 * 5);
            assertThat(unit.job().census().remaining(Unit.OLD.id())).isEqualTo(5 * 4);
            Report report = unit.job().pageSize(2).run();
            assertThat(report.rewritten()).isEqualTo(5 * 4);
            assertThat(report.alreadyCurrent()).isEqualTo(5 * 5);
            assertThat(unit.job().run().rewritten()).isZero();
        }
        try (Unit unit = alone(database, settings -> settings, entities)) {
            assertThat(unit.job().verify().failures()).isEmpty();
            assertThat(unit.job().verify().scanned()).isEqualTo(5 * 9);
        }
    }

    private static East east(int id) {
        East east = new East();
        east.id = (long) id;
        east.secret = "east";
        return east;
    }

    private static West west(int id) {
        West west = new West();
        west.id = id;
        west.secret = new byte[] {1};
        return west;
    }

    private static North north(int id) {
        North north = new North();
        north.id = (long) id;
        north.secret = "north";
        return north;
    }

    private static South south(int id) {
        South south = new South();
        south.id = id;
        south.secret = new byte[] {1};
        return south;
    }

    /** With the new key alone. */
    private static Unit alone(
            TestDatabase.Fresh database,
            Function<Configuration, Configuration> further,
            Class<?>... entities) {
        return Unit.start(
                database,
                "none",
                CipherfieldConfiguration.of(Keyring.of(Unit.NEW)).withStartupCheck(StartupCheckMode.OFF),
                further,
                entities);
    }
}
