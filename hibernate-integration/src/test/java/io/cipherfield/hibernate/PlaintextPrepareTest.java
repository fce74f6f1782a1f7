package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.nativesql.EncryptedValues;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** While {@code plaintext=prepare} is on, an application that knows nothing of encryption can run beside this one. */
class PlaintextPrepareTest {

    record Note(String text) {}

    /** As the version of the application before encryption has it. */
    @Entity(name = "Person")
    @Table(name = "person")
    static class OldPerson {
        @Id
        Long id;

        String name;

        URL page;

        byte[] photo;

        @NaturalId
        String tax;

        @ElementCollection
        Set<String> tags = new HashSet<>();
    }

    @Entity(name = "Person")
    @Table(name = "person")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    @NaturalIdCache
    static class Person {
        @Id
        Long id;

        @Encrypted
        String name;

        @Encrypted(storage = Storage.TEXT)
        URL page;

        @Encrypted
        byte[] photo;

        @NaturalId
        @Encrypted(deterministic = true)
        String tax;

        /** A part of the primary key, of which MariaDB takes 3072 bytes. */
        @ElementCollection
        @Column(length = 100)
        @Encrypted(deterministic = true)
        Set<String> tags = new HashSet<>();
    }

    @Entity(name = "Mixed")
    @Table(name = "mixed")
    @Audited
    static class Mixed {
        @Id
        Long id = 1L;

        @Encrypted
        @Column(length = 40)
        String inherited;

        @Encrypted(plaintext = PlaintextMode.PREPARE, padTo = 32)
        String own;

        @Encrypted(plaintext = PlaintextMode.ALLOW, deterministic = true)
        String allowed;

        @Encrypted(plaintext = PlaintextMode.REFUSE)
        String refused;

        @Encrypted
        LocalDate born;

        @Encrypted(storage = Storage.TEXT)
        char[] chars;

        @Encrypted(storage = Storage.TEXT)
        Note note;

        @Encrypted(deterministic = true)
        String tax;

        @Encrypted(deterministic = true, context = "Mixed.tax")
        String otherTax;

        @Encrypted(deterministic = true, context = "Mixed.tax", plaintext = PlaintextMode.REFUSE)
        String closedTax;
    }

    private static final Map<String, String> PREPARE = Map.of("cipherfield.plaintext", "prepare");

    private static TestFactory mixed(Map<String, String> settings) {
        return TestFactory.on(TestDatabase.H2.fresh(), settings, Mixed.class);
    }

    private static Map<String, Object> existing(String... settings) {
        Map<String, Object> all = new HashMap<>(Map.of("hibernate.hbm2ddl.auto", "none"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return all;
    }

    private static URL url(String text) throws Exception {
        return URI.create(text).toURL();
    }

    @ParameterizedTest
    @EnumSource
    void a_version_without_encryption_and_this_one_share_the_plain_columns_there_are(TestDatabase kind)
            throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (TestFactory old = TestFactory.on(database, Map.of(), OldPerson.class)) {
            OldPerson before = new OldPerson();
            before.id = 1L;
            before.name = "Zoë 😀";
            before.tax = "one";
            before.tags.addAll(Set.of("red", "blue"));
            old.persist(before);
            assertThat(TestFactory.refusal(database, existing("cipherfield.plaintext", "allow"), Person.class))
                    .as("the columns are too short for ciphertext")
                    .isNotNull();

            try (TestFactory present =
                    TestFactory.on(database, existing("cipherfield.plaintext", "prepare"), Person.class)) {
                Person person = new Person();
                person.id = 2L;
                person.name = "Łukasz";
                person.page = url("https://example.org/ł");
                person.photo = new byte[] {1, 2, 3};
                person.tax = "two";
                person.tags.add("green");
                present.persist(person);
                present.sessions().inTransaction(session -> {
                    Person first = session.find(Person.class, 1L);
                    assertThat(first.name).isEqualTo("Zoë 😀");
                    assertThat(first.tags).containsExactlyInAnyOrder("red", "blue");
                    first.tags.remove("red");
                    first.tags.add("black");
                    first.name = "Zoé";
                });
                for (String tax : List.of("one", "two")) {
                    String found = present.sessions()
                            .fromTransaction(session ->
                                    session.bySimpleNaturalId(Person.class).load(tax).tax);
                    assertThat(found).isEqualTo(tax);
                    assertThat(ids(present.sessions(), "tax = :v", tax)).hasSize(1);
                }
                assertThat(ids(present.sessions(), ":v member of p.tags", "black"))
                        .containsExactly(1L);
            }
            OldPerson after = old.sessions().fromTransaction(session -> {
                OldPerson found = session.bySimpleNaturalId(OldPerson.class).load("two");
                Hibernate.initialize(found.tags);
                return found;
            });
            assertThat(after.name).isEqualTo("Łukasz");
            assertThat(after.page).hasToString("https://example.org/ł");
            assertThat(after.photo).containsExactly(1, 2, 3);
            assertThat(after.tags).containsExactly("green");
            old.sessions().inTransaction(session -> {
                OldPerson first = session.find(OldPerson.class, 1L);
                assertThat(first.name).isEqualTo("Zoé");
                assertThat(first.tags).containsExactlyInAnyOrder("blue", "black");
            });
        }
    }

    private static List<Long> ids(SessionFactory sessions, String condition, String value) {
        return sessions.fromTransaction(
                session -> session.createQuery("select p.id from Person p where " + condition, Long.class)
                        .setParameter("v", value)
                        .getResultList());
    }

    @ParameterizedTest
    @EnumSource
    void what_was_encrypted_before_is_read_and_found_beside_what_is_written_in_clear(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        Map<String, String> otherKey = Map.of("cipherfield.key", TestFactory.OTHER_KEY);
        for (Map<String, ?> settings :
                List.<Map<String, ?>>of(otherKey, existing("cipherfield.decrypt-only-keys", TestFactory.OTHER_KEY))) {
            try (TestFactory encrypting = TestFactory.on(database, settings, Person.class)) {
                Person person = new Person();
                person.id = settings == otherKey ? 1L : 2L;
                person.tax = settings == otherKey ? "under another key" : "encrypted";
                person.name = "encrypted";
                person.tags.add("tag");
                encrypting.persist(person);
            }
        }
        Map<String, Object> prepare =
                existing("cipherfield.plaintext", "prepare", "cipherfield.decrypt-only-keys", TestFactory.OTHER_KEY);
        if (kind == TestDatabase.MARIADB) {
            ConfigurationException refusal = TestFactory.refusal(database, prepare, Person.class);
            assertThat(refusal)
                    .hasMessageContaining("person.name")
                    .hasMessageContaining("has the character set ascii")
                    .hasMessageContaining("character set utf8mb4 collate utf8mb4_bin");
            try (TestFactory any = TestFactory.on(
                    database,
                    existing(
                            "cipherfield.startup-check", "off", "cipherfield.decrypt-only-keys", TestFactory.OTHER_KEY),
                    Person.class)) {
                refusal.getMessage()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("alter table"))
                        .forEach(any::execute);
            }
        }
        try (TestFactory present = TestFactory.on(database, prepare, Person.class)) {
            Person third = new Person();
            third.id = 3L;
            third.tax = "in clear";
            third.name = "Zoë";
            present.sessions().inStatelessSession(session -> {
                session.beginTransaction();
                session.insert(third);
                session.getTransaction().commit();
            });
            present.sessions()
                    .inTransaction(
                            session -> session.find(Person.class, 3L).tags.add("tag"));
            assertThat(present.raw("select tax from person where id = 3")).containsExactly("in clear");
            assertThat(present.raw("select name from person where id = 3")).containsExactly("Zoë");
            long id = 1;
            for (String tax : List.of("under another key", "encrypted", "in clear")) {
                assertThat(ids(present.sessions(), "p.tax = :v", tax)).containsExactly(id);
                assertThat(ids(present.sessions(), "p.tax <> :v", tax))
                        .hasSize(2)
                        .doesNotContain(id);
                assertThat(ids(present.sessions(), "p.tax in (:v)", tax)).containsExactly(id);
                assertThat(ids(present.sessions(), "p.tax = '" + tax + "' and :v = :v", tax))
                        .containsExactly(id);
                assertThat(present.sessions()
                                .fromTransaction(session ->
                                        session.bySimpleNaturalId(Person.class).load(tax))
                                .id)
                        .isEqualTo(id);
                EncryptedValues values = EncryptedValues.of(present.sessions(), Person.class, "tax");
                long byNativeQuery = present.sessions()
                        .fromTransaction(session -> ((Number) session.createNativeQuery(
                                                "select id from person where tax in (:list)", Object.class)
                                        .setParameterList("list", values.parameters(tax))
                                        .getSingleResult())
                                .longValue());
                assertThat(byNativeQuery).isEqualTo(id);
                id++;
            }
            assertThat(ids(present.sessions(), ":v member of p.tags", "tag")).containsExactlyInAnyOrder(1L, 2L, 3L);
            present.sessions().inTransaction(session -> {
                session.find(Person.class, 1L).tags.remove("tag");
                session.find(Person.class, 2L).tags.clear();
                assertThat(session.find(Person.class, 1L).name).isEqualTo("encrypted");
            });
            assertThat(present.raw("select tags from Person_tags")).containsExactly("tag");
            int updated = present.sessions()
                    .fromTransaction(session -> session.createMutationQuery(
                                    "update Person p set p.name = :name where p.tax in (:a, :b, :c)")
                            .setParameter("name", "moved")
                            .setParameter("a", "under another key")
                            .setParameter("b", "encrypted")
                            .setParameter("c", "in clear")
                            .executeUpdate());
            assertThat(updated).isEqualTo(3);
            assertThat(present.raw("select name from person")).containsOnly("moved");
        }
    }

    @Test
    void every_path_writes_what_its_attribute_says() {
        try (TestFactory factory = mixed(PREPARE)) {
            Mixed mixed = new Mixed();
            mixed.inherited = "inherited";
            mixed.own = "own";
            mixed.allowed = "allowed";
            mixed.refused = "refused";
            mixed.born = LocalDate.of(2000, 1, 2);
            mixed.chars = "chars".toCharArray();
            mixed.note = new Note("noté");
            mixed.tax = "tax";
            factory.persist(mixed);
            for (String table : List.of("mixed", "mixed_AUD")) {
                String of = " from " + table;
                assertThat(factory.raw("select inherited" + of)).containsExactly("inherited");
                assertThat(factory.raw("select own" + of)).containsExactly("own");
                assertThat(factory.raw("select chars" + of)).containsExactly("chars");
                assertThat(factory.raw("select note" + of)).containsExactly("{\"text\":\"noté\"}");
                assertThat(CiphertextHeader.of(
                                (String) factory.raw("select allowed" + of).get(0)))
                        .isNotNull();
                assertThat(CiphertextHeader.of(
                                (String) factory.raw("select refused" + of).get(0)))
                        .isNotNull();
                assertThat(CiphertextHeader.of(
                                (byte[]) factory.raw("select born" + of).get(0)))
                        .isNotNull();
            }
            Mixed found = factory.find(Mixed.class, 1L);
            assertThat(found.note).isEqualTo(new Note("noté"));
            assertThat(found.chars).isEqualTo("chars".toCharArray());
            assertThat(found.born).isEqualTo(mixed.born);
            assertThat(factory.sessions()
                            .fromTransaction(
                                    session -> AuditReaderFactory.get(session).find(Mixed.class, 1L, 1))
                            .inherited)
                    .isEqualTo("inherited");

            EncryptedValues own = EncryptedValues.of(factory.sessions(), Mixed.class, "own");
            assertThat(own.parameter("native")).isEqualTo("native");
            assertThat(own.value("native")).isEqualTo("native");
            factory.sessions().inTransaction(session -> {
                session.createMutationQuery("insert into Mixed (id, inherited, tax) values (2, :v, 'it''s')")
                        .setParameter("v", "by insert")
                        .executeUpdate();
                session.createMutationQuery(
                                "insert into Mixed (id, inherited, tax) select m.id + 10, :v, m.tax from Mixed m")
                        .setParameter("v", "by select")
                        .executeUpdate();
                session.createMutationQuery("update Mixed set own = :v, allowed = :a where id = 2")
                        .setParameter("v", "by update")
                        .setParameter("a", "a")
                        .executeUpdate();
            });
            assertThat(factory.raw("select inherited from mixed order by id"))
                    .containsExactly("inherited", "by insert", "by select", "by select");
            assertThat(factory.raw("select tax from mixed where id = 12")).containsExactly("it's");
            assertThat(factory.raw("select own from mixed where id = 2")).containsExactly("by update");
            assertThat(CiphertextHeader.of((String) factory.raw("select allowed from mixed where id = 2")
                            .get(0)))
                    .isNotNull();
        }
    }

    @Test
    void a_value_that_could_not_be_read_again_is_never_written_in_clear() {
        try (TestFactory factory = mixed(PREPARE)) {
            Mixed mixed = new Mixed();
            mixed.refused = "value";
            factory.persist(mixed);
            String ciphertext =
                    (String) factory.raw("select refused from mixed").get(0);
            String half = "half \uD83D";
            for (String value : List.of(ciphertext, half)) {
                assertThatThrownBy(() ->
                                factory.sessions().inTransaction(session -> session.find(Mixed.class, 1L).own = value))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining("Mixed.own")
                        .hasMessageContaining("written in clear")
                        .hasMessageContaining("Nothing was written")
                        .hasMessageNotContaining(value)
                        .hasMessageNotContaining(value.substring(4));
            }
            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session -> session.find(Mixed.class, 1L).inherited = "x".repeat(41)))
                    .hasMessageContaining("Mixed.inherited allows 40 characters");
            assertThat(factory.raw("select concat(inherited, own) from mixed")).containsExactly("");
            // What is written encrypted takes them all.
            factory.sessions().inTransaction(session -> session.find(Mixed.class, 1L).refused = half);
            assertThat(factory.find(Mixed.class, 1L).refused).isEqualTo(half);
        }
    }

    @Test
    void a_ciphertext_as_a_search_value_does_not_find_the_row_that_it_was_copied_from() {
        try (TestFactory factory = mixed(Map.of())) {
            Mixed mixed = new Mixed();
            mixed.allowed = "value";
            factory.persist(mixed);
            String ciphertext =
                    (String) factory.raw("select allowed from mixed").get(0);
            for (Map.Entry<String, Integer> search :
                    Map.of(ciphertext, 0, "value", 1).entrySet()) {
                List<Mixed> found = factory.sessions()
                        .fromTransaction(session -> session.createQuery("from Mixed where allowed = :v", Mixed.class)
                                .setParameter("v", search.getKey())
                                .getResultList());
                assertThat(found).hasSize(search.getValue());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select m.id from Mixed m where m.tax = m.otherTax",
                "select m.tax from Mixed m group by m.tax",
                "select distinct m.tax from Mixed m",
                "select m.id from Mixed m where m.closedTax in (select n.tax from Mixed n)"
            })
    void stored_values_are_not_compared_with_each_other(String query) {
        try (TestFactory factory = mixed(PREPARE)) {
            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session ->
                                    session.createQuery(query, Object.class).getResultList()))
                    .isInstanceOf(EncryptedAttributeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "allow"})
    void plaintext_is_not_copied_to_where_none_is_read(String mode) {
        try (TestFactory factory = mixed(Map.of("cipherfield.plaintext", mode))) {
            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session -> session.createMutationQuery(
                                            "update Mixed set closedTax = tax where id = 1")
                                    .executeUpdate()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Mixed.closedTax");
        }
    }

    @Test
    void one_parameter_for_what_is_written_in_clear_and_what_is_not_is_refused() {
        try (TestFactory factory = mixed(PREPARE)) {
            assertThatThrownBy(() -> factory.sessions()
                            .inTransaction(session -> session.createQuery(
                                            "from Mixed where tax = :v or closedTax = :v", Mixed.class)
                                    .setParameter("v", "x")
                                    .getResultList()))
                    .isInstanceOf(EncryptedAttributeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "allow"})
    void caches_outside_of_the_jvm_hold_no_plaintext(String mode) {
        Map<String, Object> caching = new HashMap<>(PREPARE);
        caching.put("cipherfield.plaintext", mode);
        caching.put("hibernate.cache.region.factory_class", SerializingRegionFactory.class.getName());
        caching.put("hibernate.cache.use_second_level_cache", "true");
        caching.put("hibernate.cache.use_query_cache", "true");
        caching.put("jakarta.persistence.sharedCache.mode", "ALL");
        try (TestFactory factory = TestFactory.on(TestDatabase.H2.fresh(), caching, Person.class)) {
            factory.execute(
                    "insert into person (id, name, tax, photo) values (1, 'needle name', 'needle tax', X'6e6565646c652070686f746f')");
            SerializingRegionFactory.clear();
            for (int time = 0; time < 2; time++) {
                factory.sessions().inTransaction(session -> {
                    Person found = session.find(Person.class, 1L);
                    assertThat(found.name).isEqualTo("needle name");
                    assertThat(found.photo).isEqualTo("needle photo".getBytes(StandardCharsets.US_ASCII));
                    assertThat(session.bySimpleNaturalId(Person.class).load("needle tax"))
                            .isSameAs(found);
                    if (mode.equals("prepare")) {
                        assertThat(session.createQuery("select p.id from Person p where p.tax = :v", Long.class)
                                        .setParameter("v", "needle tax")
                                        .setCacheable(true)
                                        .getSingleResult())
                                .isEqualTo(1L);
                    }
                    Object[] row = session.createQuery("select p.name, p.photo, p.tax from Person p", Object[].class)
                            .setCacheable(true)
                            .getSingleResult();
                    assertThat(row[0]).isEqualTo("needle name");
                    assertThat(row[1]).isEqualTo("needle photo".getBytes(StandardCharsets.US_ASCII));
                    assertThat(row[2]).isEqualTo("needle tax");
                });
            }
            int[] entries = {0};
            SerializingRegionFactory.forEach((region, bytes) -> {
                entries[0]++;
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .as(region)
                        .doesNotContain("needle ");
            });
            assertThat(entries[0]).isGreaterThan(3);
        }
    }

    @Test
    void an_attribute_whose_plain_column_is_of_another_kind_cannot_be_prepared_by_itself() {
        @Entity(name = "Born")
        class Born {
            @Id
            Long id;

            @Encrypted(plaintext = PlaintextMode.PREPARE)
            LocalDate born;
        }
        assertThat(TestFactory.refusal(Born.class))
                .hasMessageContaining("born")
                .hasMessageContaining("plaintext = PREPARE")
                .hasMessageContaining("another SQL type");
    }

    @Test
    void each_start_says_what_is_written_in_clear_and_what_is_not() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(PlaintextWarning.class);
        logger.addAppender(log);
        try {
            mixed(PREPARE).close();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .satisfiesExactly(
                            clear -> assertThat(clear)
                                    .contains(
                                            "WRITTEN IN CLEAR",
                                            "Mixed.inherited",
                                            "Mixed.own",
                                            "Mixed.chars",
                                            "Mixed.tax")
                                    .doesNotContain("Mixed.allowed", "Mixed.refused", "Mixed.born"),
                            encrypted -> assertThat(encrypted)
                                    .contains("STILL WRITTEN ENCRYPTED", "Mixed.allowed", "Mixed.refused", "Mixed.born")
                                    .doesNotContain("Mixed.inherited"));
            log.list.clear();
            mixed(Map.of("cipherfield.startup-check", "off")).close();
            assertThat(log.list)
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("WRITTEN IN CLEAR, and read in clear or encrypted: " + Mixed.class.getName() + ".own. ");
        } finally {
            logger.detachAppender(log);
        }
    }
}
