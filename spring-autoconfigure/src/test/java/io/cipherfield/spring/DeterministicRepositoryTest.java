package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.data.repository.NoRepositoryBean;

/** Repository methods over deterministic attributes: right with one key, and while rows are under two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterministicRepositoryTest {

    private static final CipherKey OLD = CipherKey.parse("769lQgptTeRJgYvZSol4MAgqZNLdHDVzpUYwGaMvSAo=");
    private static final CipherKey NEW = CipherKey.parse("1pMFwN5gcMh8Tj1utsFJpgx1KVtOtqxEf2KtKZ472Mk=");

    private final Map<Ring, SessionFactory> factories = new EnumMap<>(Ring.class);

    enum Ring {
        ONE_KEY,
        TWO_KEYS
    }

    @Embeddable
    static class Place {
        @Encrypted(deterministic = true)
        @Nullable
        String zip;
    }

    @Entity(name = "Client")
    static class Client {
        @Id
        @Nullable
        Long id;

        @Encrypted(deterministic = true)
        @Nullable
        String tax;

        @Nullable
        Place place;

        @ManyToOne
        @Nullable
        Client partner;
    }

    @NoRepositoryBean
    interface Clients extends JpaRepository<Client, Long>, JpaSpecificationExecutor<Client> {
        List<Client> findByTax(@Nullable String tax);

        List<Client> findByTaxNot(String tax);

        List<Client> findByTaxIn(Collection<String> taxes);

        List<Client> findByTaxNotIn(Collection<String> taxes);

        List<Client> findByTaxIsNull();

        List<Client> findByPlaceZip(String zip);

        List<Client> findByPartnerTax(String tax);

        List<Client> findByTaxOrPlaceZip(String tax, String zip);

        List<Client> findByTaxOrderByIdDesc(String tax);

        @Query("select c from Client c where c.tax = :tax and c.place.zip in :zips")
        List<Client> declared(String tax, Collection<String> zips);

        boolean existsByTax(String tax);

        long countByTax(String tax);

        long deleteByTax(String tax);

        List<Client> findByTaxStartingWith(String tax);

        List<Client> findByTaxIgnoreCase(String tax);

        List<Client> findByTaxGreaterThan(String tax);

        List<Client> findByPlaceZipOrderByTax(String zip);
    }

    @BeforeAll
    void start() {
        factories.put(Ring.ONE_KEY, factory("jdbc:h2:mem:" + UUID.randomUUID(), "update", OLD, Map.of()));
        factories.get(Ring.ONE_KEY).inTransaction(session -> rows().forEach(session::persist));

        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        try (SessionFactory before = factory(url, "update", OLD, Map.of())) {
            before.inTransaction(session -> rows().subList(0, 2).forEach(session::persist));
        }
        factories.put(
                Ring.TWO_KEYS, factory(url, "none", NEW, Map.of("cipherfield.decrypt-only-keys", OLD.toBase64())));
        factories.get(Ring.TWO_KEYS).inTransaction(session -> {
            rows().subList(2, 4).forEach(client -> {
                client.partner = session.find(Client.class, 1L);
                session.persist(client);
            });
        });
    }

    private static SessionFactory factory(String url, String ddl, CipherKey key, Map<String, String> more) {
        Configuration configuration = new Configuration();
        configuration.setProperty("hibernate.connection.url", url);
        configuration.setProperty("hibernate.hbm2ddl.auto", ddl);
        configuration.setProperty("cipherfield.key", key.toBase64());
        more.forEach(configuration::setProperty);
        return configuration.addAnnotatedClass(Client.class).buildSessionFactory();
    }

    /** 1 and 3 have one value, 2 another, 4 none. The partner of 3 and 4 is 1. */
    private static List<Client> rows() {
        List<Client> clients = new ArrayList<>();
        for (long id = 1; id <= 4; id++) {
            String value = id == 4 ? null : id == 2 ? "two" : "one";
            Client client = client(value, value);
            client.id = id;
            client.partner = id > 2 ? clients.get(0) : null;
            clients.add(client);
        }
        return clients;
    }

    private static Client client(@Nullable String tax, @Nullable String zip) {
        Client client = new Client();
        client.tax = tax;
        client.place = new Place();
        client.place.zip = zip;
        return client;
    }

    @AfterAll
    void stop() {
        factories.values().forEach(SessionFactory::close);
    }

    @ParameterizedTest
    @EnumSource
    void derived_and_declared_queries_find_what_is_equal(Ring ring) {
        with(ring, clients -> {
            assertThat(ids(clients.findByTax("one"))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(clients.findByTax("none"))).isEmpty();
            assertThat(ids(clients.findByTax(null))).containsExactly(4L);
            assertThat(ids(clients.findByTaxNot("one"))).containsExactly(2L);
            assertThat(ids(clients.findByTaxIn(List.of("one", "two")))).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(ids(clients.findByTaxNotIn(List.of("two", "none")))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(clients.findByTaxIsNull())).containsExactly(4L);
            assertThat(ids(clients.findByPlaceZip("one"))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(clients.findByPartnerTax("one"))).containsExactlyInAnyOrder(3L, 4L);
            assertThat(ids(clients.findByTaxOrPlaceZip("two", "one"))).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(ids(clients.findByTaxOrderByIdDesc("one"))).containsExactly(3L, 1L);
            assertThat(ids(clients.declared("one", List.of("one", "two")))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(clients.existsByTax("one")).isTrue();
            assertThat(clients.existsByTax("none")).isFalse();
            assertThat(clients.countByTax("one")).isEqualTo(2);
            assertThat(clients.deleteByTax("two")).isEqualTo(1);
            assertThat(ids(clients.findAll())).containsExactlyInAnyOrder(1L, 3L, 4L);
        });
    }

    @ParameterizedTest
    @EnumSource
    void examples_and_specifications_find_what_is_equal(Ring ring) {
        with(ring, clients -> {
            assertThat(ids(clients.findAll(Example.of(client("one", null))))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(clients.findAll(Example.of(client("one", "one"))))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(clients.findAll(Example.of(client("one", "two"))))).isEmpty();
            assertThat(ids(clients.findAll(Example.of(client("one", "two"), ExampleMatcher.matchingAny()))))
                    .containsExactlyInAnyOrder(1L, 2L, 3L);

            Specification<Client> one = (client, query, builder) -> builder.equal(client.get("tax"), "one");
            Specification<Client> notOne = (client, query, builder) -> builder.notEqual(client.get("tax"), "one");
            Specification<Client> anyOf =
                    (client, query, builder) -> client.get("place").get("zip").in("one", "two");
            assertThat(ids(clients.findAll(one))).containsExactlyInAnyOrder(1L, 3L);
            assertThat(ids(clients.findAll(notOne.and(anyOf)))).containsExactly(2L);
            assertThat(clients.count(one.or(notOne))).isEqualTo(3);
            assertThat(clients.exists(one)).isTrue();
        });
    }

    static Stream<Arguments> refused() {
        Specification<Client> greater =
                (client, query, builder) -> builder.greaterThan(client.<String>get("tax"), "one");
        return Stream.of(
                        call(clients -> clients.findByTaxStartingWith("o")),
                        call(clients -> clients.findByTaxIgnoreCase("ONE")),
                        call(clients -> clients.findByTaxGreaterThan("a")),
                        call(clients -> clients.findByPlaceZipOrderByTax("one")),
                        call(clients -> clients.findAll(Sort.by("tax"))),
                        call(clients -> clients.findAll(greater)),
                        call(clients -> clients.findAll(Example.of(
                                client("o", null),
                                ExampleMatcher.matching().withStringMatcher(ExampleMatcher.StringMatcher.STARTING)))),
                        call(clients -> clients.findAll(Example.of(
                                client("ONE", null), ExampleMatcher.matching().withIgnoreCase()))))
                .flatMap(call -> Stream.of(Ring.values()).map(ring -> Arguments.of(ring, call)));
    }

    private static Consumer<Clients> call(Consumer<Clients> call) {
        return call;
    }

    @ParameterizedTest
    @MethodSource
    void refused(Ring ring, Consumer<Clients> call) {
        with(
                ring,
                clients -> assertThatThrownBy(() -> call.accept(clients))
                        .hasStackTraceContaining("The query was refused")
                        .hasStackTraceContaining("Client.tax"));
    }

    /** Nothing is kept. */
    private void with(Ring ring, Consumer<Clients> calls) {
        try (EntityManager entityManager = factories.get(ring).createEntityManager()) {
            entityManager.getTransaction().begin();
            try {
                calls.accept(new JpaRepositoryFactory(entityManager).getRepository(Clients.class));
            } finally {
                entityManager.getTransaction().rollback();
            }
        }
    }

    private static List<Long> ids(List<Client> clients) {
        return clients.stream().map(client -> client.id).toList();
    }
}
