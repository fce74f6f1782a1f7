package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.Session;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.TenantId;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Hibernate offers beside an attribute goes on working when the attribute is encrypted. */
class BesideEncryptedTest {

    @Entity(name = "Versioned")
    static class Versioned {
        @Id
        Long id = 1L;

        @Version
        int version;

        @Encrypted
        String secret = "secret";

        @Encrypted
        byte[] bytes = {1, 2};
    }

    @Entity(name = "Sparse")
    @DynamicInsert
    @DynamicUpdate
    static class Sparse {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "secret";

        @Encrypted
        Integer other;
    }

    @Entity(name = "Gone")
    @SoftDelete
    static class Gone {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "secret";
    }

    @Entity(name = "Restricted")
    @SQLRestriction("status <> 'secret' and secret is not null")
    @FilterDef(name = "byStatus", parameters = @ParamDef(name = "secret", type = String.class))
    @Filter(name = "byStatus", condition = "status = :secret")
    static class Restricted {
        @Id
        Long id = 1L;

        String status = "open";

        @Encrypted
        String secret = "secret";

        Restricted() {}

        Restricted(long id, String status, String secret) {
            this.id = id;
            this.status = status;
            this.secret = secret;
        }
    }

    @Entity(name = "Owned")
    static class Owned {
        @Id
        Long id = 1L;

        @TenantId
        String tenant;

        @Encrypted
        String secret = "secret";
    }

    @Entity(name = "Computed")
    static class Computed {
        @Id
        Long id = 1L;

        @Encrypted
        @Column(name = "secret")
        String secret = "secret";

        @Formula("case when secret is null then 0 else 1 end")
        Integer known;

        @Formula("substr(secret, 1, 8)")
        String header;

        @Encrypted
        @Convert(disableConversion = true)
        String unconverted = "unconverted";
    }

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private TestFactory factory;

    private void start(TestDatabase database, Class<?> entity) {
        factory = TestFactory.on(
                database.fresh(),
                Map.of("hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
                    statements.add(sql);
                    return sql;
                }),
                entity);
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private Object raw(String column, String table) {
        Object stored = factory.raw("select " + column + " from " + table).get(0);
        assertThat(stored instanceof byte[] bytes ? CiphertextHeader.of(bytes) : CiphertextHeader.of((String) stored))
                .as(column)
                .isNotNull();
        return stored;
    }

    @ParameterizedTest
    @EnumSource
    void a_version_moves_with_a_change_only(TestDatabase database) {
        start(database, Versioned.class);
        factory.persist(new Versioned());
        Object secret = raw("secret", "Versioned");
        Versioned stale = factory.find(Versioned.class, 1L);

        factory.sessions().inTransaction(session -> {
            Versioned found = session.find(Versioned.class, 1L);
            found.secret = new String("secret");
            found.bytes = new byte[] {1, 2};
        });
        assertThat(factory.find(Versioned.class, 1L).version).isZero();
        assertThat(raw("secret", "Versioned")).isEqualTo(secret);

        factory.sessions().inTransaction(session -> session.find(Versioned.class, 1L).bytes[0] = 9);
        assertThat(factory.find(Versioned.class, 1L).version).isEqualTo(1);

        stale.secret = "stale";
        assertThatExceptionOfType(OptimisticLockException.class)
                .isThrownBy(() -> factory.sessions().inTransaction(session -> session.merge(stale)));
        assertThat(factory.find(Versioned.class, 1L).secret).isEqualTo("secret");
        factory.sessions()
                .inTransaction(session -> session.createMutationQuery("update versioned Versioned set secret = :p")
                        .setParameter("p", "bulk")
                        .executeUpdate());
        raw("secret", "Versioned");
        assertThat(factory.find(Versioned.class, 1L).version).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void dynamic_statements_name_only_what_is_set(TestDatabase database) {
        start(database, Sparse.class);
        statements.clear();
        factory.persist(new Sparse());
        assertThat(statements).singleElement().satisfies(sql -> assertThat(sql).doesNotContain("other"));
        assertThat(factory.raw("select other from Sparse")).containsExactly((Object) null);
        Object secret = raw("secret", "Sparse");

        factory.sessions().inTransaction(session -> session.find(Sparse.class, 1L).other = 4);
        raw("other", "Sparse");
        assertThat(raw("secret", "Sparse")).isEqualTo(secret);

        factory.sessions().inTransaction(session -> session.find(Sparse.class, 1L).secret = null);
        assertThat(factory.raw("select secret from Sparse")).containsExactly((Object) null);
        assertThat(factory.find(Sparse.class, 1L).other).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void a_soft_delete_hides_the_row_and_keeps_its_ciphertext(TestDatabase database) {
        start(database, Gone.class);
        Gone second = new Gone();
        second.id = 2L;
        factory.persist(new Gone(), second);
        List<Object> before = factory.raw("select secret from Gone order by id");

        factory.sessions().inTransaction(session -> session.remove(session.find(Gone.class, 1L)));
        assertThat(factory.find(Gone.class, 1L)).isNull();
        assertThat(factory.find(Gone.class, 2L).secret).isEqualTo("secret");
        factory.sessions()
                .inTransaction(
                        session -> session.createMutationQuery("delete Gone").executeUpdate());

        factory.sessions()
                .inTransaction(
                        session -> assertThat(session.createSelectionQuery("select secret from Gone", String.class)
                                        .getResultList())
                                .isEmpty());
        assertThat(factory.raw("select secret from Gone order by id")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void a_restriction_and_a_filter_by_other_columns_hold(TestDatabase database) {
        start(database, Restricted.class);
        factory.persist(
                new Restricted(1, "open", "one"),
                new Restricted(2, "secret", "two"),
                new Restricted(3, "open", null),
                new Restricted(4, "closed", "four"));

        factory.sessions().inTransaction(session -> {
            assertThat(secrets(session)).containsExactly("one", "four");
            session.enableFilter("byStatus").setParameter("secret", "closed");
            assertThat(secrets(session)).containsExactly("four");
        });
    }

    private static List<String> secrets(Session session) {
        return session.createSelectionQuery("select secret from Restricted order by id", String.class)
                .getResultList();
    }

    @ParameterizedTest
    @EnumSource
    void tenants_see_their_own_rows_decrypted(TestDatabase database) {
        start(database, Owned.class);
        for (String tenant : List.of("north", "south")) {
            try (Session session = factory.sessions()
                    .withOptions()
                    .tenantIdentifier((Object) tenant)
                    .openSession()) {
                session.beginTransaction();
                Owned owned = new Owned();
                owned.id = (long) tenant.charAt(0);
                owned.secret = tenant + "'s";
                session.persist(owned);
                session.getTransaction().commit();
            }
        }

        for (String tenant : List.of("north", "south")) {
            try (Session session = factory.sessions()
                    .withOptions()
                    .tenantIdentifier((Object) tenant)
                    .openSession()) {
                assertThat(session.createSelectionQuery("select secret from Owned", String.class)
                                .getResultList())
                        .containsExactly(tenant + "'s");
                session.beginTransaction();
                session.createMutationQuery("update Owned set secret = :p")
                        .setParameter("p", "new of " + tenant)
                        .executeUpdate();
                session.getTransaction().commit();
                assertThat(session.createSelectionQuery("select secret from Owned", String.class)
                                .getResultList())
                        .containsExactly("new of " + tenant);
            }
        }
        assertThat(factory.raw("select secret from Owned"))
                .hasSize(2)
                .allSatisfy(stored ->
                        assertThat(CiphertextHeader.of((String) stored)).isNotNull());
    }

    @ParameterizedTest
    @EnumSource
    void a_formula_over_its_column_sees_the_ciphertext(TestDatabase database) {
        start(database, Computed.class);
        factory.persist(new Computed());

        Computed found = factory.find(Computed.class, 1L);
        assertThat(found.secret).isEqualTo("secret");
        assertThat(found.known).isEqualTo(1);
        assertThat(found.header).isEqualTo(raw("secret", "Computed").toString().substring(0, 8));
        assertThat(found.unconverted).isEqualTo("unconverted");
        raw("unconverted", "Computed");
    }
}
