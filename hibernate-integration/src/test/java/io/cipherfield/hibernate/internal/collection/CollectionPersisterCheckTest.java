package io.cipherfield.hibernate.internal.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.Collection;
import org.hibernate.metamodel.spi.RuntimeModelCreationContext;
import org.hibernate.persister.collection.BasicCollectionPersister;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.internal.StandardPersisterClassResolver;
import org.junit.jupiter.api.Test;

class CollectionPersisterCheckTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Entity(name = "Holder")
    static class Holder {
        @Id
        Long id;

        @ElementCollection
        @Encrypted(deterministic = true)
        Set<String> words;

        @ElementCollection
        @EncryptedKey
        Map<String, String> keyed;

        @ElementCollection
        @Encrypted
        Map<String, String> worth;

        @ElementCollection
        @Encrypted
        List<String> bag;

        @ElementCollection
        Set<String> plain;
    }

    public static class OwnPersister extends BasicCollectionPersister {
        public OwnPersister(Collection collection, CollectionDataAccess cache, RuntimeModelCreationContext context) {
            super(collection, cache, context);
        }
    }

    public static class OwnResolver extends StandardPersisterClassResolver {
        @Override
        public Class<? extends CollectionPersister> getCollectionPersisterClass(Collection collection) {
            return OwnPersister.class;
        }
    }

    private static SessionFactory start(Map<String, Object> settings) {
        Configuration configuration = new Configuration();
        configuration.getProperties().putAll(TestDatabase.H2.fresh().settings());
        configuration.setProperty(Setting.KEY.property(), KEY);
        configuration.getProperties().putAll(settings);
        return configuration.addAnnotatedClass(Holder.class).buildSessionFactory();
    }

    @Test
    void hibernate_still_takes_the_persisters_of_a_resolver_and_only_where_ciphertext_is_looked_for() {
        try (SessionFactory factory = start(Map.of())) {
            assertThat(persister(factory, "words")).isInstanceOf(EncryptedRowsPersister.class);
            assertThat(persister(factory, "keyed")).isInstanceOf(EncryptedRowsPersister.class);
            assertThat(persister(factory, "worth")).isInstanceOf(EncryptedRowsPersister.class);
            assertThat(persister(factory, "bag")).isInstanceOf(EncryptedRowsPersister.class);
            assertThat(persister(factory, "plain")).isExactlyInstanceOf(BasicCollectionPersister.class);
        }
    }

    private static CollectionPersister persister(SessionFactory factory, String attribute) {
        return factory.unwrap(SessionFactoryImplementor.class)
                .getMappingMetamodel()
                .getCollectionDescriptor(Holder.class.getName() + "." + attribute);
    }

    @Test
    void a_persister_of_the_applications_own_is_refused() {
        assertThatThrownBy(() -> start(Map.of("hibernate.persister.resolver", OwnResolver.class.getName())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Holder.")
                .hasMessageContaining(OwnPersister.class.getName());
    }
}
