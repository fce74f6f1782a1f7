package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OldPlaintextTest {

    @Entity(name = "Old")
    static class Old {
        @Id
        Long id = 1L;

        @Encrypted
        String inherited;

        @Encrypted(plaintext = PlaintextMode.ALLOW)
        String allowed;

        @Encrypted(plaintext = PlaintextMode.REFUSE)
        String refused;

        @Encrypted(plaintext = PlaintextMode.ALLOW)
        byte[] bytes;

        @Encrypted(plaintext = PlaintextMode.ALLOW, storage = Storage.TEXT)
        char[] chars;

        @Encrypted(plaintext = PlaintextMode.ALLOW, storage = Storage.TEXT)
        URL url;

        @Encrypted
        Long number;
    }

    private static final Map<String, String> ALLOW = Map.of("cipherfield.plaintext", "allow");

    private static TestFactory started(Map<String, String> settings) {
        return TestFactory.on(TestDatabase.H2.fresh(), settings, Old.class);
    }

    @Test
    void plaintext_is_refused_by_default_with_a_way_out() {
        try (TestFactory factory = started(Map.of())) {
            factory.execute("insert into Old (id, inherited) values (1, 'planted')");

            assertThatThrownBy(() -> factory.find(Old.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Old.inherited")
                    .hasMessageContaining("not ciphertext")
                    .hasMessageContaining("plaintext = ALLOW")
                    .hasMessageNotContaining("planted");
        }
    }

    @Test
    void allowed_plaintext_is_read_and_stays_until_it_changes() {
        try (TestFactory factory = started(Map.of())) {
            factory.execute("insert into Old (id, allowed, bytes, chars, url)"
                    + " values (1, 'plain', X'010203', 'chars', 'https://example.org/')");

            Old found = factory.find(Old.class, 1L);
            assertThat(found.allowed).isEqualTo("plain");
            assertThat(found.bytes).containsExactly(1, 2, 3);
            assertThat(found.chars).containsExactly('c', 'h', 'a', 'r', 's');
            assertThat(found.url).hasToString("https://example.org/");
            assertThat(factory.raw("select allowed from Old")).containsExactly("plain");

            factory.sessions().inTransaction(session -> session.find(Old.class, 1L).allowed = "changed");
            List<Object> stored = factory.raw("select allowed from Old");
            assertThat(CiphertextHeader.of((String) stored.get(0))).isNotNull();
            assertThat(factory.find(Old.class, 1L).allowed).isEqualTo("changed");
        }
    }

    @Test
    void the_setting_allows_what_inherits_it_and_nothing_else() {
        try (TestFactory factory = started(ALLOW)) {
            factory.execute("insert into Old (id, inherited) values (1, 'plain')");
            assertThat(factory.find(Old.class, 1L).inherited).isEqualTo("plain");

            factory.execute("update Old set refused = 'plain'");
            assertThatThrownBy(() -> factory.find(Old.class, 1L)).hasMessageContaining("Old.refused");
            factory.execute("update Old set refused = null, number = X'000000000000002A'");
            assertThatThrownBy(() -> factory.find(Old.class, 1L)).hasMessageContaining("Old.number");
        }
    }

    @Test
    void what_looks_like_ciphertext_is_never_taken_for_plaintext() {
        try (TestFactory factory = started(ALLOW)) {
            Old old = new Old();
            old.allowed = "value";
            factory.persist(old);
            String ciphertext = (String) factory.raw("select allowed from Old").get(0);
            String broken = ciphertext.substring(0, ciphertext.length() - 2) + "AA";
            factory.execute("update Old set allowed = '" + broken + "'");

            assertThatThrownBy(() -> factory.find(Old.class, 1L))
                    .hasMessageContaining("Old.allowed")
                    .hasMessageContaining(TestFactory.key().id().toString());
        }
    }

    @Test
    void a_ciphertext_as_text_in_a_binary_column_is_not_encrypted_again() {
        try (TestFactory factory = started(ALLOW)) {
            Old old = new Old();
            old.allowed = "value";
            factory.persist(old);
            factory.execute("update Old set bytes = cast(allowed as varbinary), allowed = null");

            assertThatThrownBy(() -> factory.find(Old.class, 1L)).hasMessageContaining("Old.bytes");
        }
    }

    @Test
    void a_value_that_does_not_decrypt_is_not_overwritten() {
        try (TestFactory factory = started(Map.of())) {
            factory.execute("insert into Old (id, refused) values (1, 'broken')");

            assertThatThrownBy(() -> factory.sessions().inTransaction(session -> {
                        Old old = session.find(Old.class, 1L);
                        old.allowed = "new";
                    }))
                    .isInstanceOf(EncryptedAttributeException.class);

            assertThat(factory.raw("select refused from Old")).containsExactly("broken");
            assertThat(factory.raw("select allowed from Old")).containsExactly((Object) null);
        }
    }
}
