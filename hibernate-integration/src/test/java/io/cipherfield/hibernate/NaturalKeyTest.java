package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hibernate.Version;
import org.hibernate.annotations.NaturalId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code find(entity, naturalId, KeyType.NATURAL)}, which Hibernate has since 7.3; by reflection, since the tests are compiled against 6.6. */
class NaturalKeyTest {

    @Entity(name = "Citizen")
    static class Citizen {
        @Id
        Long id = 1L;

        @NaturalId
        @Encrypted(deterministic = true)
        LocalDate born = LocalDate.of(1931, 7, 23);
    }

    @Entity(name = "Inhabitant")
    static class Inhabitant {
        @Id
        Long id = 1L;

        @NaturalId
        String country = "FR";

        @NaturalId
        @Encrypted(deterministic = true)
        String number = "123";
    }

    @BeforeEach
    void hibernate_has_it() {
        assumeTrue(!Version.getVersionString().matches("(6\\.|7\\.[12]\\.).*"), "Hibernate has it since 7.3");
    }

    private static <T> T find(EntityManager session, Class<T> entity, Object naturalId) {
        try {
            Class<?> option = Class.forName("jakarta.persistence.FindOption");
            Object options = Array.newInstance(option, 1);
            Array.set(
                    options,
                    0,
                    Class.forName("org.hibernate.KeyType").getField("NATURAL").get(null));
            return entity.cast(EntityManager.class
                    .getMethod("find", Class.class, Object.class, options.getClass())
                    .invoke(session, entity, naturalId, options));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_finds_what_was_written_under_another_key_and_prints_no_wrong_argument(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        Class<?>[] entities = {Citizen.class, Inhabitant.class};
        try (TestFactory old =
                TestFactory.on(database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY), entities)) {
            old.persist(new Citizen(), new Inhabitant());
        }
        Map<String, ?> settings =
                Map.of(Setting.DECRYPT_ONLY_KEYS.property(), TestFactory.OTHER_KEY, "hibernate.hbm2ddl.auto", "none");
        try (TestFactory factory = TestFactory.on(database, settings, entities)) {
            factory.sessions().inTransaction(session -> {
                assertThat(find(session, Citizen.class, LocalDate.of(1931, 7, 23)).id)
                        .isEqualTo(1L);
                assertThat(find(session, Citizen.class, LocalDate.of(1931, 7, 24)))
                        .isNull();
                assertThat(find(session, Inhabitant.class, Map.of("country", "FR", "number", "123")).id)
                        .isEqualTo(1L);
                assertThat(find(session, Inhabitant.class, Map.of("country", "FR", "number", "124")))
                        .isNull();
            });
            refusesUnprinted(factory, Citizen.class, "needle");
            refusesUnprinted(factory, Citizen.class, List.of("needle"));
            refusesUnprinted(factory, Inhabitant.class, Map.of("country", "FR", "number", new StringBuilder("needle")));
        }
    }

    private static void refusesUnprinted(TestFactory factory, Class<?> entity, Object naturalId) {
        Throwable refusal =
                catchThrowable(() -> factory.sessions().inTransaction(session -> find(session, entity, naturalId)));
        assertThat(refusal).isNotNull();
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain("needle");
    }
}
