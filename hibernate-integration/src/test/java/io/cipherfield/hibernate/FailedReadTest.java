package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextText;
import io.cipherfield.DecryptionException;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Hibernate;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.NaturalId;
import org.hibernate.envers.AuditReader;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;
import org.hibernate.query.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that does not decrypt says where it is, and stays what it is, whatever the session that met it does next. */
class FailedReadTest {

    @MappedSuperclass
    @Audited
    abstract static class Row {
        @Id
        Long id;

        @Version
        int version;

        @NaturalId
        String code;

        String name;

        @Encrypted
        String secret;

        @Encrypted
        String other;

        @ElementCollection
        @NotAudited
        List<String> notes = new ArrayList<>();

        @ElementCollection
        @NotAudited
        @Encrypted
        List<String> tags = new ArrayList<>();

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public void setSecret(String secret) {
            this.secret = secret;
        }

        abstract Row parent();
    }

    @Entity(name = "Whole")
    @Audited
    static class Whole extends Row {
        @ManyToOne(fetch = FetchType.LAZY)
        Whole parent;

        Whole() {}

        Whole(Whole parent) {
            this.parent = parent;
        }

        @Override
        Row parent() {
            return parent;
        }
    }

    @Entity(name = "Dynamic")
    @Audited
    @DynamicUpdate
    static class Dynamic extends Row {
        @ManyToOne(fetch = FetchType.LAZY)
        Dynamic parent;

        Dynamic() {}

        Dynamic(Dynamic parent) {
            this.parent = parent;
        }

        @Override
        Row parent() {
            return parent;
        }
    }

    enum Damage {
        WRONG_KEY(DecryptionException.Reason.UNKNOWN_KEY, CipherKey.parse(TestFactory.OTHER_KEY)) {
            @Override
            String of(String stored, String other) {
                return CiphertextText.encode(FieldEncryptor.of(Keyring.of(key), Suite.AES_SIV, "Row.secret")
                        .encrypt(new byte[] {1, 2, 3}));
            }
        },
        TAMPERED(DecryptionException.Reason.NOT_AUTHENTIC, TestFactory.key()) {
            @Override
            String of(String stored, String other) {
                byte[] ciphertext = CiphertextText.decode(stored);
                ciphertext[ciphertext.length - 1] ^= 1;
                return CiphertextText.encode(ciphertext);
            }
        },
        MOVED(DecryptionException.Reason.NOT_AUTHENTIC, TestFactory.key()) {
            @Override
            String of(String stored, String other) {
                return other;
            }
        },
        GARBAGE(DecryptionException.Reason.NOT_CIPHERTEXT, TestFactory.key()) {
            @Override
            String of(String stored, String other) {
                return "garbage";
            }
        };

        final DecryptionException.Reason reason;
        final CipherKey key;

        Damage(DecryptionException.Reason reason, CipherKey key) {
            this.reason = reason;
            this.key = key;
        }

        abstract String of(String stored, String other);
    }

    /** Everything by which Hibernate comes to read the damaged row, whose id is the second of three. */
    enum Read {
        FIND {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                session.find(type, id);
            }
        },
        SEVERAL_BY_ID {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                session.byMultipleIds(type).multiLoad(id - 1, id, id + 1);
            }
        },
        BY_NATURAL_ID {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                session.bySimpleNaturalId(type).load("code " + id);
            }
        },
        REFERENCE {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                session.getReference(type, id).getName();
            }
        },
        LAZY_ASSOCIATION {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                session.find(type, id + 1).parent().getName();
            }
        },
        ENTITY_QUERY {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                query(session, "from %s where id between :from and :to order by id", type, id, type)
                        .list();
            }
        },
        FETCH_JOIN {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                query(
                                session,
                                "from %s e left join fetch e.notes where e.id between :from and :to order by e.id",
                                type,
                                id,
                                type)
                        .list();
            }
        },
        SCROLL {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                try (ScrollableResults<?> results = query(
                                session, "from %s where id between :from and :to order by id", type, id, type)
                        .scroll()) {
                    while (results.next()) {
                        results.get();
                    }
                }
            }
        },
        STREAM {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                try (Stream<?> results =
                        query(session, "from %s where id between :from and :to order by id", type, id, type).stream()) {
                    results.forEach(each -> {});
                }
            }
        },
        PROJECTION {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                query(session, "select secret from %s where id between :from and :to", type, id, String.class)
                        .list();
            }

            @Override
            String row(Class<? extends Row> type, long id) {
                return null;
            }
        },
        REFRESH {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                String damaged = (String) factory.raw("select secret from " + table(type) + " where id = " + id)
                        .get(0);
                factory.execute("update " + table(type) + " set secret = null where id = " + id);
                Row row = found(session, type, id);
                factory.execute("update " + table(type) + " set secret = '" + damaged + "' where id = " + id);
                row.notes.add("not saved");
                row.secret = "not saved";
                row.name = "not saved";
                session.refresh(row);
            }
        },
        MERGE {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                Row detached = newRow(type, id, null);
                detached.secret = "merged";
                session.merge(detached);
            }
        },
        COLLECTION {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                throw new AssertionError(
                        "read: " + found(session, type, id).tags.size());
            }

            @Override
            String damaged(Class<? extends Row> type) {
                return table(type) + "_tags";
            }

            @Override
            String row(Class<? extends Row> type, long id) {
                return "[" + type.getName() + ".tags#" + id + "]";
            }
        },
        COLLECTION_FETCH_JOIN {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                query(
                                session,
                                "from %s e left join fetch e.tags where e.id between :from and :to order by e.id",
                                type,
                                id,
                                type)
                        .list();
            }

            @Override
            String damaged(Class<? extends Row> type) {
                return table(type) + "_tags";
            }
        },
        AUDIT_TABLE {
            @Override
            void in(Session session, Class<? extends Row> type, long id) {
                AuditReader audit = AuditReaderFactory.get(session);
                audit.find(type, id, audit.getRevisions(type, id).get(0));
            }

            @Override
            String damaged(Class<? extends Row> type) {
                return table(type) + "_AUD";
            }

            @Override
            String row(Class<? extends Row> type, long id) {
                return type.getName() + "_AUD#";
            }
        };

        abstract void in(Session session, Class<? extends Row> type, long id);

        String damaged(Class<? extends Row> type) {
            return table(type);
        }

        String row(Class<? extends Row> type, long id) {
            return "[" + type.getName() + "#" + id + "]";
        }

        static <T> Query<T> query(Session session, String hql, Class<? extends Row> type, long id, Class<T> result) {
            return session.createQuery(hql.formatted(table(type)), result)
                    .setParameter("from", id - 1)
                    .setParameter("to", id + 1);
        }
    }

    private static TestFactory factory;
    private static long lastId;

    @BeforeAll
    static void start() {
        factory = TestFactory.on(
                TestDatabase.H2.fresh(), Map.of("cipherfield.startup-check", "off"), Whole.class, Dynamic.class);
    }

    @AfterAll
    static void stop() {
        factory.close();
    }

    private static String table(Class<? extends Row> type) {
        return type.getSimpleName();
    }

    private static Row newRow(Class<? extends Row> type, long id, Row parent) {
        Row row = type == Whole.class ? new Whole((Whole) parent) : new Dynamic((Dynamic) parent);
        row.id = id;
        row.code = "code " + id;
        row.name = "name " + id;
        row.secret = "secret " + id;
        row.other = "other " + id;
        row.tags.add("tag " + id);
        row.notes.add("note " + id);
        return row;
    }

    /** Three rows, of which the second is damaged. */
    private static long plant(Class<? extends Row> type, Read read, Damage damage) {
        long id = lastId + 2;
        lastId += 3;
        Row second = newRow(type, id, null);
        factory.persist(newRow(type, id - 1, null), second, newRow(type, id + 1, second));
        String table = read.damaged(type);
        String column = table.endsWith("_tags") ? "tags" : "secret";
        String where = " where " + (table.endsWith("_tags") ? type.getSimpleName() + "_id" : "id") + " = " + id;
        String stored = (String)
                factory.raw("select " + column + " from " + table + where).get(0);
        String other = (String) factory.raw("select other from " + type.getSimpleName() + " where id = " + id)
                .get(0);
        factory.execute("update " + table + " set " + column + " = '" + damage.of(stored, other) + "'" + where);
        return id;
    }

    static Stream<Arguments> cells() {
        return Stream.of(Whole.class, Dynamic.class)
                .flatMap(type -> Arrays.stream(Read.values())
                        .flatMap(read ->
                                Arrays.stream(Damage.values()).map(damage -> Arguments.of(type, read, damage))));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_failed_read_says_where_and_nothing_is_written_over_the_value(
            Class<? extends Row> type, Read read, Damage damage) {
        long id = plant(type, read, damage);
        List<String> before = contents(type);

        try (Session session = factory.sessions().openSession()) {
            Transaction transaction = session.beginTransaction();
            EncryptedAttributeException failure = failure(() -> read.in(session, type, id));

            assertThat(failure)
                    .hasMessageContaining(type.getName() + (read.damaged(type).endsWith("_tags") ? ".tags" : ".secret"))
                    .hasMessageNotContaining("planted");
            assertThat(failure.getCause()).isInstanceOfSatisfying(DecryptionException.class, cause -> {
                assertThat(cause.reason()).isEqualTo(damage.reason);
                if (damage != Damage.GARBAGE) {
                    assertThat(failure).hasMessageContaining(damage.key.id().toString());
                }
            });
            String row = read.row(type, id);
            if (row == null) {
                assertThat(failure.row()).isNull();
            } else {
                assertThat(failure.row()).contains(row);
                assertThat(failure).hasMessageContaining(row);
            }

            session.flush();
            if (transaction.getRollbackOnly()) {
                transaction.rollback();
                session.beginTransaction();
                session.flush();
            }
            session.getTransaction().commit();
        }
        assertThat(contents(type)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_session_goes_on_after_a_failed_read_and_hands_nothing_out_half_loaded(
            Class<? extends Row> type, Read read, Damage damage) {
        long id = plant(type, read, damage);
        List<String> damaged = contents(type, id);

        try (Session session = factory.sessions().openSession()) {
            session.beginTransaction();
            List<Read> again = new ArrayList<>(List.of(read, read));
            boolean entity = read.damaged(type).equals(table(type));
            if (entity) {
                again.addAll(List.of(Read.FIND, Read.ENTITY_QUERY, Read.REFERENCE, Read.MERGE, Read.LAZY_ASSOCIATION));
            }
            for (Read each : again) {
                Row reference = session.getReference(type, id);
                assertThat(failure(() -> each.in(session, type, id)))
                        .as(each.name())
                        .isNotNull();
                if (entity && each == Read.REFRESH) {
                    // The instance had its values before, keeps them, and is no longer managed.
                    reference.setSecret("overwritten");
                } else if (entity) {
                    assertThat(failure(() -> reference.setSecret("overwritten")))
                            .isNotNull();
                }
                session.flush();
                if (session.getTransaction().getRollbackOnly()) {
                    session.getTransaction().rollback();
                    session.beginTransaction();
                }
            }
            for (long whole : new long[] {id - 1, id + 1}) {
                Row found = found(session, type, whole);
                assertThat(found.secret).isEqualTo("secret " + whole);
                assertThat(found.tags).containsExactly("tag " + whole);
                assertThat(found.notes).containsExactly("note " + whole);
                found.name = "changed";
            }
            session.getTransaction().commit();
        }

        assertThat(contents(type, id)).isEqualTo(damaged);
        assertThat(factory.raw("select name from " + table(type) + " where id in (" + (id - 1) + ", " + (id + 1) + ")"))
                .containsExactly("changed", "changed");
    }

    @Test
    void a_stateless_session_hands_nothing_out_half_loaded() {
        long id = plant(Whole.class, Read.FIND, Damage.TAMPERED);
        try (StatelessSession session = factory.sessions().openStatelessSession()) {
            for (int i = 0; i < 2; i++) {
                assertThat(failure(() -> session.get(Whole.class, id)).row()).isEqualTo(Read.FIND.row(Whole.class, id));
                assertThat(failure(() -> session.createQuery("from Whole where id = " + id, Whole.class)
                                        .list())
                                .row())
                        .isEqualTo(Read.FIND.row(Whole.class, id));
            }
            assertThat(session.get(Whole.class, id + 1).secret).isEqualTo("secret " + (id + 1));
        }
    }

    /** The exception comes as it is: Hibernate wraps none that is a PersistenceException. */
    private static EncryptedAttributeException failure(ThrowingCallable read) {
        return (EncryptedAttributeException) catchThrowableOfType(EncryptedAttributeException.class, read);
    }

    /** Fields are not those of a proxy. */
    private static Row found(Session session, Class<? extends Row> type, long id) {
        return (Row) Hibernate.unproxy(session.find(type, id));
    }

    private static List<String> contents(Class<? extends Row> type) {
        return contents(type, "");
    }

    private static List<String> contents(Class<? extends Row> type, long id) {
        return contents(type, " = " + id);
    }

    private static List<String> contents(Class<? extends Row> type, String id) {
        String table = table(type);
        List<String> lines = new ArrayList<>();
        for (String source : List.of(
                "id, version, code, name, secret, other from " + table + " where id" + id,
                table + "_id, tags from " + table + "_tags where " + table + "_id" + id,
                table + "_id, notes from " + table + "_notes where " + table + "_id" + id,
                "id, REV, secret from " + table + "_AUD where id" + id)) {
            String query = "select concat_ws('|', " + source.replaceFirst(" from ", ") from ") + " order by 1";
            factory.raw(id.isEmpty() ? query.replaceFirst(" where \\S+", "") : query)
                    .forEach(line -> lines.add((String) line));
        }
        return lines;
    }
}
