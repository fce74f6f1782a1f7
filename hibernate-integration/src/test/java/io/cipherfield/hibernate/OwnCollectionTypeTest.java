package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.CollectionType;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.collection.spi.PersistentSet;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.usertype.UserCollectionType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection of the application's own making: the values in it are encrypted, and its rows found, like those of any other. */
class OwnCollectionTypeTest {

    @Entity(name = "Keeper")
    static class Keeper {
        @Id
        Long id = 1L;

        @ElementCollection
        @CollectionType(type = Own.class)
        @Encrypted(deterministic = true)
        Set<String> names = new HashSet<>(Set.of("a", "b", "c"));
    }

    static final class OwnSet extends PersistentSet<String> {

        private static final long serialVersionUID = 1L;

        OwnSet(SharedSessionContractImplementor session) {
            super(session);
        }

        OwnSet(SharedSessionContractImplementor session, Set<String> set) {
            super(session, set);
        }
    }

    public static final class Own implements UserCollectionType {

        @Override
        public CollectionClassification getClassification() {
            return CollectionClassification.SET;
        }

        @Override
        public Class<?> getCollectionClass() {
            return Set.class;
        }

        @Override
        public PersistentCollection<?> instantiate(
                SharedSessionContractImplementor session, CollectionPersister persister) {
            return new OwnSet(session);
        }

        @Override
        @SuppressWarnings("unchecked")
        public PersistentCollection<?> wrap(SharedSessionContractImplementor session, Object collection) {
            return new OwnSet(session, (Set<String>) collection);
        }

        @Override
        public Iterator<?> getElementsIterator(Object collection) {
            return ((Collection<?>) collection).iterator();
        }

        @Override
        public boolean contains(Object collection, Object entity) {
            return ((Collection<?>) collection).contains(entity);
        }

        @Override
        public Object indexOf(Object collection, Object entity) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Object replaceElements(
                Object original,
                Object target,
                CollectionPersister persister,
                Object owner,
                Map copyCache,
                SharedSessionContractImplementor session) {
            ((Collection<Object>) target).clear();
            ((Collection<Object>) target).addAll((Collection<Object>) original);
            return target;
        }

        @Override
        public Object instantiate(int anticipatedSize) {
            return new HashSet<>();
        }
    }

    @ParameterizedTest
    @EnumSource
    void its_rows_are_encrypted_and_found_under_every_key(TestDatabase kind) {
        TestDatabase.Fresh database = kind.fresh();
        try (TestFactory old =
                TestFactory.on(database, Map.of(Setting.KEY.property(), TestFactory.OTHER_KEY), Keeper.class)) {
            old.persist(new Keeper());
        }
        Map<String, ?> settings =
                Map.of(Setting.DECRYPT_ONLY_KEYS.property(), TestFactory.OTHER_KEY, "hibernate.hbm2ddl.auto", "none");
        try (TestFactory factory = TestFactory.on(database, settings, Keeper.class)) {
            factory.sessions().inTransaction(session -> {
                Set<String> names = session.find(Keeper.class, 1L).names;
                assertThat(names).isInstanceOf(OwnSet.class);
                names.remove("a");
                names.add("d");
            });
            factory.sessions().inTransaction(session -> {
                Keeper detached = new Keeper();
                detached.names = new HashSet<>(Set.of("b", "d", "e"));
                session.merge(detached);
            });
            factory.sessions()
                    .inTransaction(session ->
                            assertThat(session.find(Keeper.class, 1L).names).containsExactlyInAnyOrder("b", "d", "e"));
            assertThat(factory.raw("select names from Keeper_names"))
                    .hasSize(3)
                    .allMatch(stored -> stored.toString().length() > 20);
        }
    }
}
