package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.*;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However an entity gives Hibernate access to its state. */
class AccessStylesTest {

    /** As Kotlin compiles {@code class Fixed(@Id val id: Long, @Encrypted val secret: String)} for JPA. */
    @Entity(name = "Fixed")
    static class Fixed {
        @Id
        private final Long id;

        @Encrypted
        private final String secret;

        @Encrypted
        private final Integer number;

        Fixed() {
            this(null, null, null);
        }

        Fixed(Long id, String secret, Integer number) {
            this.id = id;
            this.secret = secret;
            this.number = number;
        }
    }

    /** As Lombok generates for {@code @Getter @Setter}: annotations stay on the fields. */
    @Entity(name = "Generated")
    static class Generated {
        @Id
        private Long id;

        @Encrypted
        private String secret;

        @Encrypted
        private boolean active;

        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        public String getSecret() {
            return secret;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }

        public boolean isActive() {
            return active;
        }

        public void setActive(boolean active) {
            this.active = active;
        }
    }

    /** {@code @Accessors(fluent = true, chain = true)}. */
    @Entity(name = "Fluent")
    static class Fluent {
        @Id
        private Long id;

        @Encrypted
        private String secret;

        Fluent id(Long newId) {
            id = newId;
            return this;
        }

        String secret() {
            return secret;
        }

        Fluent secret(String newSecret) {
            secret = newSecret;
            return this;
        }
    }

    @Entity(name = "ByGetters")
    static class ByGetters {
        private Long key;
        private String hidden;
        private boolean flag;
        private String link;

        @Id
        public Long getId() {
            return key;
        }

        public void setId(Long id) {
            key = id;
        }

        @Encrypted
        @Column(name = "secret")
        public String getSecret() {
            return hidden;
        }

        public void setSecret(String secret) {
            hidden = secret;
        }

        @Encrypted
        public boolean isActive() {
            return flag;
        }

        public void setActive(boolean active) {
            flag = active;
        }

        @Encrypted
        public String getURL() {
            return link;
        }

        public void setURL(String url) {
            link = url;
        }
    }

    @Entity(name = "Mixed")
    static class Mixed {
        @Id
        Long id;

        @Transient
        String hidden;

        @Encrypted
        @Access(AccessType.PROPERTY)
        @Column(name = "secret")
        public String getSecret() {
            return hidden;
        }

        public void setSecret(String secret) {
            hidden = secret;
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_read_back_is_what_was_stored_as_ciphertext(TestDatabase database) {
        try (TestFactory factory = TestFactory.on(
                database.fresh(),
                java.util.Map.of(),
                Fixed.class,
                Generated.class,
                Fluent.class,
                ByGetters.class,
                Mixed.class)) {
            Generated generated = new Generated();
            generated.setId(1L);
            generated.setSecret("generated");
            generated.setActive(true);
            ByGetters byGetters = new ByGetters();
            byGetters.setId(1L);
            byGetters.setSecret("by getters");
            byGetters.setActive(true);
            byGetters.setURL("link");
            Mixed mixed = new Mixed();
            mixed.id = 1L;
            mixed.setSecret("mixed");
            factory.persist(
                    new Fixed(1L, "fixed", 7), generated, new Fluent().id(1L).secret("fluent"), byGetters, mixed);

            encrypted(factory, "Fixed", "secret", "number");
            encrypted(factory, "Generated", "secret", "active");
            encrypted(factory, "Fluent", "secret");
            encrypted(factory, "ByGetters", "secret", "active", "URL");
            encrypted(factory, "Mixed", "secret");

            assertThat(factory.find(Fixed.class, 1L))
                    .extracting(fixed -> fixed.secret + fixed.number)
                    .isEqualTo("fixed7");
            assertThat(factory.find(Generated.class, 1L).getSecret()).isEqualTo("generated");
            assertThat(factory.find(Generated.class, 1L).isActive()).isTrue();
            assertThat(factory.find(Fluent.class, 1L).secret()).isEqualTo("fluent");
            ByGetters found = factory.find(ByGetters.class, 1L);
            assertThat(found.getSecret() + found.isActive() + found.getURL()).isEqualTo("by getterstruelink");
            assertThat(factory.find(Mixed.class, 1L).getSecret()).isEqualTo("mixed");

            factory.sessions().inTransaction(session -> session.merge(new Fixed(1L, "merged", 8)));
            encrypted(factory, "Fixed", "secret", "number");
        }
    }

    @Entity(name = "UniqueByGetter")
    static class UniqueByGetter {
        private Long id;
        private String hidden;

        @Id
        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        @Encrypted
        @Column(name = "secret", unique = true)
        public String getSecret() {
            return hidden;
        }

        public void setSecret(String secret) {
            hidden = secret;
        }
    }

    @Entity(name = "TypedByGetter")
    static class TypedByGetter {
        private Long id;

        @Id
        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        @Encrypted
        @Access(AccessType.PROPERTY)
        public Object getSecret() {
            return null;
        }

        public void setSecret(Object secret) {}
    }

    /** The attribute's name, and not the getter's, which some versions of Hibernate tell a type. */
    @Test
    void messages_call_an_attribute_with_a_getter_by_its_name() {
        for (Class<?> entity : List.of(UniqueByGetter.class, TypedByGetter.class)) {
            assertThat(TestFactory.refusal(entity))
                    .isNotNull()
                    .hasMessageContaining(entity.getName() + ".secret cannot be encrypted");
        }
        try (TestFactory factory = TestFactory.h2(ByGetters.class)) {
            ByGetters entity = new ByGetters();
            entity.setId(1L);
            entity.setSecret("secret");
            entity.setURL("link");
            factory.persist(entity);
            entity.setSecret("s".repeat(256));
            assertThatThrownBy(() -> factory.sessions().inTransaction(session -> session.merge(entity)))
                    .hasStackTraceContaining(ByGetters.class.getName() + ".secret allows 255");
            assertThatThrownBy(() -> factory.sessions()
                            .inSession(session -> session.createSelectionQuery(
                                    "from ByGetters b where b.active = true", ByGetters.class)))
                    .hasMessageContaining(ByGetters.class.getName() + ".active is encrypted");
            factory.execute("update ByGetters set secret = URL");
            assertThatThrownBy(() -> factory.find(ByGetters.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining(ByGetters.class.getName() + ".secret")
                    .hasMessageNotContaining("getSecret");
            factory.execute("update ByGetters set secret = 'in clear'");
            assertThatThrownBy(() -> factory.find(ByGetters.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining(ByGetters.class.getName() + ".secret")
                    .hasMessageNotContaining("in clear");
        }
    }

    private static void encrypted(TestFactory factory, String table, String... columns) {
        for (String column : columns) {
            assertThat(factory.raw("select " + column + " from " + table))
                    .as(table + "." + column)
                    .singleElement()
                    .satisfies(stored -> assertThat(
                                    stored instanceof byte[] bytes
                                            ? CiphertextHeader.of(bytes)
                                            : CiphertextHeader.of((String) stored))
                            .isNotNull());
        }
    }
}
