package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.SettingSource;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Queries by equality where the reader of another system cannot say what its system stored. */
class LegacySearchTest {

    /** By Jasypt on a JDK 17: PBEWithMD5AndTripleDES under the password "pw" and a salt of zeros. */
    private static final String OF_12345 = "Q6/NCbodN+M=";

    @Entity(name = "Member")
    @Table(name = "member")
    static class Member {
        @Id
        Long id = 1L;

        @Column(length = 40)
        @Encrypted(deterministic = true, legacy = "old")
        String code;
    }

    private static TestFactory started(LegacyReaders readers) {
        TestFactory factory = TestFactory.on(
                TestDatabase.H2.fresh(), Map.of(CipherfieldService.LEGACY_READERS, readers), Member.class);
        factory.execute("insert into member (id, code) values (1, '" + OF_12345 + "')");
        return factory;
    }

    private static List<Long> found(Session session) {
        return session.createSelectionQuery("select m.id from Member m where m.code = :code", Long.class)
                .setParameter("code", "12345")
                .getResultList();
    }

    /** A JDK 25 decrypts under a salt of zeros with triple DES, and does not encrypt. */
    @Test
    void
            what_the_runtime_does_not_encrypt_as_the_other_system_did_is_read_and_a_query_for_it_says_why_it_finds_nothing() {
        LegacyReaders readers = LegacyReaders.from(SettingSource.properties(Map.of(
                "cipherfield.legacy.jasypt.old.password",
                "pw",
                "cipherfield.legacy.jasypt.old.algorithm",
                "PBEWithMD5AndTripleDES",
                "cipherfield.legacy.jasypt.old.salt",
                "zero")));
        try (TestFactory factory = started(readers)) {
            assertThat(factory.find(Member.class, 1L).code).isEqualTo("12345");
            if (Runtime.version().feature() < 25) {
                assertThat(factory.sessions().fromTransaction(LegacySearchTest::found))
                        .containsExactly(1L);
            } else {
                assertThatThrownBy(() -> factory.sessions().fromTransaction(LegacySearchTest::found))
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining(
                                "Member.code cannot be searched: its legacy reader old cannot say what to look"
                                        + " for: This Java runtime (" + Runtime.version() + ") reads these values");
            }
        }
    }

    @Test
    void a_reader_that_fails_is_named_and_the_value_that_it_failed_with_is_not_shown() {
        try (TestFactory factory = started(LegacyReaders.of(new Failing()))) {
            assertThatThrownBy(() -> factory.sessions().fromTransaction(LegacySearchTest::found))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Member.code cannot be searched: its legacy reader old failed with"
                            + " java.lang.IllegalStateException to say what to look for.")
                    .hasMessageNotContaining("12345");
        }
    }

    private static final class Failing implements LegacyReader {
        @Override
        public String name() {
            return "old";
        }

        @Override
        public Claim claim() {
            return Claim.EVERYTHING;
        }

        @Override
        public boolean recognises(byte[] stored) {
            return false;
        }

        @Override
        public boolean authenticated() {
            return true;
        }

        @Override
        public byte[] read(byte[] stored) {
            return stored;
        }

        @Override
        public boolean deterministic() {
            return true;
        }

        @Override
        public byte[] storedForm(byte[] plaintext) {
            throw new IllegalStateException(new String(plaintext, java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
