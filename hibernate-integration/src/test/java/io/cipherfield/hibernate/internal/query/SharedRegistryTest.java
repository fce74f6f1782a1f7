package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.criteria.CriteriaUpdate;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.Test;

class SharedRegistryTest {

    private final StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
            .applySettings(TestDatabase.H2.fresh().settings())
            .applySetting(
                    Setting.KEY.property(),
                    CipherKey.parse("rVKuIr35MOoSNATUDIYAkn2ns2Ede2jOHMJFJgWCjEk=")
                            .toBase64())
            // Envers takes one factory a registry
            .applySetting("hibernate.integration.envers.enabled", false)
            .build();

    @Test
    void a_factory_without_encryption_leaves_the_guard_of_another_one_in_place() {
        try (SessionFactory encrypted = factory(Model.Account.class, Model.Savings.class);
                SessionFactory plain = factory(Model.Vehicle.class, Model.Car.class)) {
            plain.inTransaction(session ->
                    session.createMutationQuery("update Car set plate = 'x'").executeUpdate());
            var criteria = encrypted.getCriteriaBuilder();
            CriteriaUpdate<Model.Savings> update = criteria.createCriteriaUpdate(Model.Savings.class);
            var root = update.from(Model.Savings.class);
            update.set(root.<String>get("code"), root.<String>get("bank"));

            assertThatThrownBy(() -> encrypted.inTransaction(
                            session -> session.createMutationQuery(update).executeUpdate()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Savings.code");
        }
    }

    private SessionFactory factory(Class<?>... entities) {
        MetadataSources sources = new MetadataSources(registry);
        for (Class<?> entity : entities) {
            sources.addAnnotatedClass(entity);
        }
        return sources.buildMetadata().buildSessionFactory();
    }
}
