package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.SecondaryTable;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever path a value takes into the database, ciphertext arrives there. */
class WritePathsTest {

    @Entity(name = "Account")
    @DynamicInsert
    @DynamicUpdate
    @SecondaryTable(name = "Account_more")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Account {
        @Id
        Long id;

        @Encrypted
        String secret;

        @Encrypted
        @Column(table = "Account_more")
        Integer more = 7;

        Account() {}

        Account(long id, String secret) {
            this.id = id;
            this.secret = secret;
        }
    }

    @Entity(name = "SpecialAccount")
    static class SpecialAccount extends Account {
        @Encrypted
        String special;
    }

    private final TestFactory factory = TestFactory.on(
            TestDatabase.H2.fresh(),
            Map.of("hibernate.jdbc.batch_size", "20", "hibernate.order_inserts", "true"),
            Account.class,
            SpecialAccount.class);

    @AfterEach
    void close() {
        factory.close();
    }

    private void assertStored(String... values) {
        List<Object> stored = factory.raw("select secret from Account order by id");
        assertThat(stored)
                .hasSize(values.length)
                .allSatisfy(secret ->
                        assertThat(CiphertextHeader.of((String) secret)).isNotNull());
        assertThat(factory.raw("select more from Account_more"))
                .allSatisfy(
                        more -> assertThat(CiphertextHeader.of((byte[]) more)).isNotNull());
        for (int i = 0; i < values.length; i++) {
            assertThat(factory.find(Account.class, (long) i).secret).isEqualTo(values[i]);
        }
    }

    @Test
    void a_batch_insert() {
        Account[] accounts = new Account[100];
        String[] values = new String[100];
        for (int i = 0; i < 100; i++) {
            values[i] = "secret " + i;
            accounts[i] = new Account(i, values[i]);
        }
        factory.persist((Object[]) accounts);

        assertStored(values);
        assertThat(factory.raw("select distinct secret from Account")).hasSize(100);
    }

    @Test
    void equal_values_have_different_ciphertexts() {
        factory.persist(new Account(0, "same"), new Account(1, "same"));

        assertThat(factory.raw("select distinct secret from Account")).hasSize(2);
    }

    @Test
    void a_merge() {
        factory.persist(new Account(0, "old"));
        factory.sessions().inTransaction(session -> session.merge(new Account(0, "merged")));

        assertStored("merged");
    }

    @Test
    void a_stateless_session() {
        try (StatelessSession session = factory.sessions().openStatelessSession()) {
            session.beginTransaction();
            session.insert(new Account(0, "inserted"));
            Account account = session.get(Account.class, 0L);
            account.secret = "updated";
            session.update(account);
            session.insert(new Account(1, "another"));
            session.getTransaction().commit();
        }

        assertStored("updated", "another");
    }

    @Test
    void a_joined_subclass() {
        SpecialAccount account = new SpecialAccount();
        account.id = 0L;
        account.secret = "inherited";
        account.special = "own";
        factory.persist(account);

        assertStored("inherited");
        assertThat(CiphertextHeader.of((String)
                        factory.raw("select special from SpecialAccount").get(0)))
                .isNotNull();
        assertThat(factory.find(SpecialAccount.class, 0L).special).isEqualTo("own");
    }

    @Test
    void a_projection_gives_plaintext_and_a_refresh_too() {
        factory.persist(new Account(0, "projected"));

        factory.sessions().inTransaction(session -> {
            assertThat(session.createQuery("select a.secret from Account a", String.class)
                            .getSingleResult())
                    .isEqualTo("projected");
            Account account = session.find(Account.class, 0L);
            account.secret = "not flushed";
            session.refresh(account);
            assertThat(account.secret).isEqualTo("projected");
        });
    }
}
