package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

/** An orm.xml that maps an entity whose class has the annotation: what Hibernate then ignores is not stored in clear in silence. */
class XmlMappingTest {

    @Entity(name = "Described")
    static class Described {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "secret";
    }

    private static Configuration described(String attributes) {
        String xml =
                "<entity-mappings xmlns='https://jakarta.ee/xml/ns/persistence/orm' version='3.0'><entity name='Described'"
                        + " class='" + Described.class.getName() + "' access='FIELD' " + attributes
                        + "</entity></entity-mappings>";
        return new Configuration().addInputStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refusedOrEncrypted(Configuration configuration, String... words) {
        ConfigurationException refusal = null;
        try (TestFactory factory = TestFactory.on(configuration, TestDatabase.H2.fresh(), Map.of())) {
            factory.persist(new Described());
            assertThat(CiphertextHeader.of(
                            (String) factory.raw("select secret from Described").get(0)))
                    .isNotNull();
            assertThat(factory.find(Described.class, 1L).secret).isEqualTo("secret");
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ConfigurationException found) {
                    refusal = found;
                }
            }
            if (refusal == null) {
                throw e;
            }
            assertThat(refusal.description()).contains("Described.secret").contains(words);
        }
    }

    @Test
    void a_complete_description_that_leaves_the_annotation_out() {
        refusedOrEncrypted(
                described("metadata-complete='true'><attributes><id name='id'/><basic name='secret'/></attributes>"),
                "does not see");
    }

    @Test
    void a_description_of_one_attribute() {
        refusedOrEncrypted(described(
                "><attributes><basic name='secret'><column name='secret' length='50'/></basic></attributes>"));
    }

    @Test
    void a_description_that_names_nothing_of_it() {
        refusedOrEncrypted(described(">"));
    }
}
