package io.cipherfield.hibernate.leaks;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.TcclLookupPrecedence;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.stat.Statistics;

/** Sends the marked values down every path that Hibernate has, and keeps what comes back by exceptions, statistics and toString. */
public final class Exercise implements BiConsumer<Map<String, Object>, Places> {

    /** In the application's own query text. */
    static final String LITERAL = "needle-literal-dingo";

    private final SessionFactoryHolder holder = new SessionFactoryHolder();

    private static final class SessionFactoryHolder {
        private SessionFactory sessions;
        private Places places;
    }

    public Exercise() {}

    @Override
    public void accept(Map<String, Object> settings, Places places) {
        BootstrapServiceRegistryBuilder bootstrap = new BootstrapServiceRegistryBuilder();
        bootstrap.applyTcclLookupPrecedence(TcclLookupPrecedence.BEFORE);
        Configuration configuration = new Configuration(bootstrap.build());
        configuration.getProperties().putAll(settings);
        configuration.addAnnotatedClass(Marked.class);
        configuration.addAnnotatedClass(Marked.Simple.class);
        try (SessionFactory sessions = configuration.buildSessionFactory()) {
            holder.sessions = sessions;
            holder.places = places;
            entities();
            stateless();
            statements();
            caches();
            audit();
            violations();
            wrongArguments();
            failedReads();
            statistics();
        }
    }

    private void in(Consumer<Session> work) {
        holder.sessions.inTransaction(session -> {
            work.accept(session);
            session.flush();
            describe(session);
        });
    }

    private void fails(Consumer<Session> work) {
        try {
            holder.sessions.inTransaction(session -> {
                work.accept(session);
                session.flush();
            });
        } catch (RuntimeException e) {
            holder.places.add("exceptions", e);
            return;
        }
        throw new AssertionError("should have failed");
    }

    private void entities() {
        in(session -> {
            for (int id = 1; id <= 6; id++) {
                session.persist(Marked.of(id));
            }
        });
        in(session -> {
            Marked found = session.find(Marked.class, 1L);
            found.text += "-changed";
            found.list.add("needle-list-potoroo-2");
            found.map.put("key", found.map.get("key"));
            found.map.put("other", found.map.get("key"));
            found.keyed.put("needle-key-dunnart", "changed");
            found.keyed.put("needle-key-dunnart-2", "added");
            found.set.add("needle-set-kowari-2");
        });
        in(session -> {
            Marked detached = Marked.of(2);
            detached.text += "-merged";
            session.merge(detached);
        });
        in(session -> {
            Marked found = session.find(Marked.class, 5L);
            found.list.clear();
            found.keyed.remove("needle-key-dunnart");
            found.set.remove("needle-set-kowari");
            session.refresh(session.find(Marked.class, 4L));
            session.remove(session.find(Marked.class, 6L));
        });
    }

    private void stateless() {
        try (StatelessSession session = holder.sessions.openStatelessSession()) {
            session.beginTransaction();
            session.setJdbcBatchSize(0);
            session.insert(new Marked.Simple());
            Marked.Simple found = session.get(Marked.Simple.class, 1L);
            found.text += "-stateless";
            session.update(found);
            found.text += "-upserted";
            session.upsert(found);
            session.delete(found);
            insertAtOnce(session, List.of(new Marked.Simple(2), new Marked.Simple(3)));
            session.getTransaction().commit();
            holder.places.add("toString", session);
        }
    }

    /** By the method that Hibernate has for it since 7.0. */
    private static void insertAtOnce(StatelessSession session, List<?> rows) {
        try {
            StatelessSession.class.getMethod("insertMultiple", List.class).invoke(session, rows);
        } catch (NoSuchMethodException e) {
            rows.forEach(session::insert);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void statements() {
        Marked it = Marked.of(0);
        in(session -> {
            session.createMutationQuery("update Marked set text = :t, number = :n, uuid = :u, url = :w where id = 3")
                    .setParameter("t", it.text)
                    .setParameter("n", it.number)
                    .setParameter("u", it.uuid)
                    .setParameter("w", it.url)
                    .executeUpdate();
            session.createMutationQuery("update Marked set text = '" + LITERAL + "' where id = 4")
                    .executeUpdate();
            session.createMutationQuery("insert into Marked (id, version, code, taxNumber, required, text, number)"
                            + " values (21, 0, 'code 21', :x, 'given', :t, :n)")
                    .setParameter("x", Marked.of(21).taxNumber)
                    .setParameter("t", it.text)
                    .setParameter("n", it.number)
                    .executeUpdate();
            session.createMutationQuery(
                            "insert into Marked (id, version, code, required, text, rare)"
                                    + " select m.id + 20, 0, 'code 22', m.required, m.text, m.rare from Marked m where m.id = 2")
                    .executeUpdate();
            session.createSelectionQuery("from Marked where code in (:ns)", Marked.class)
                    .setParameterList("ns", List.of(Marked.of(1).code, Marked.of(2).code))
                    .list();
            one(session, "select m.id from Marked m join m.set e where m.id = 3 and e = :v", "needle-set-kowari");
            one(session, "select m.id from Marked m where m.id = 3 and :v member of m.set", "needle-set-kowari");
            one(
                    session,
                    "select m.id from Marked m join m.keyed e where m.id = 3 and key(e) = :v",
                    "needle-key-dunnart");
        });
        in(session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaQuery<Marked> query = builder.createQuery(Marked.class);
            query.where(builder.equal(query.from(Marked.class).get("code"), Marked.of(1).code));
            session.createQuery(query).getSingleResult();
            CriteriaUpdate<Marked> update = builder.createCriteriaUpdate(Marked.class);
            update.set("text", it.text + "-criteria");
            update.where(builder.equal(update.from(Marked.class).get("id"), 3L));
            session.createMutationQuery(update).executeUpdate();
        });
    }

    private static void one(Session session, String query, String value) {
        session.createSelectionQuery(query, Long.class).setParameter("v", value).getSingleResult();
    }

    private void caches() {
        for (int i = 0; i < 3; i++) {
            in(session -> {
                Marked found = session.bySimpleNaturalId(Marked.class).load(Marked.of(1).taxNumber);
                if (found.list.isEmpty() || found.map.isEmpty() || found.keyed.isEmpty() || found.set.isEmpty()) {
                    throw new AssertionError("lost");
                }
            });
            in(session -> {
                session.byNaturalId(Marked.class)
                        .using("taxNumber", Marked.of(2).taxNumber)
                        .getReference();
                session.bySimpleNaturalId(Marked.class).load(Marked.of(99).taxNumber);
                session.createQuery("from Marked where taxNumber = :n", Marked.class)
                        .setParameter("n", Marked.of(1).taxNumber)
                        .setCacheable(true)
                        .getSingleResult();
                session.createQuery(
                                "select m.text, m.number, m.uuid, m.rare, m.decimal, m.part.partText, m.url, m.chars, m.letter"
                                        + " from Marked m where m.taxNumber = :n",
                                Object[].class)
                        .setParameter("n", Marked.of(1).taxNumber)
                        .setCacheable(true)
                        .getSingleResult();
            });
        }
    }

    private void audit() {
        in(session -> AuditReaderFactory.get(session).find(Marked.class, 1L, 1));
    }

    private void violations() {
        fails(session -> session.persist(Marked.of(1)));
        fails(session -> {
            Marked duplicate = Marked.of(31);
            duplicate.plain = "plain 1";
            session.persist(duplicate);
        });
        fails(session -> {
            Marked duplicate = Marked.of(31);
            duplicate.taxNumber = Marked.of(1).taxNumber;
            session.persist(duplicate);
        });
        // A natural id is immutable.
        fails(session -> session.find(Marked.class, 1L).taxNumber = Marked.of(98).taxNumber);
        fails(session -> {
            Marked incomplete = Marked.of(31);
            incomplete.required = null;
            session.persist(incomplete);
        });
        fails(session -> session.createMutationQuery("update Marked set required = null, text = :t where id = 1")
                .setParameter("t", Marked.of(1).text)
                .executeUpdate());
        fails(session -> {
            Marked tooLong = Marked.of(31);
            tooLong.limited += tooLong.limited;
            session.persist(tooLong);
        });
    }

    /** Of another type than the attribute's: Hibernate's own refusals print them. */
    private void wrongArguments() {
        Marked it = Marked.of(1);
        fails(session -> session.createMutationQuery("update Marked set uuid = :it")
                .setParameter("it", it.text)
                .executeUpdate());
        fails(session -> session.createQuery("from Marked where taxNumber = :it", Marked.class)
                .setParameter("it", it.uuid)
                .list());
        fails(session -> session.createQuery("from Marked where taxNumber in :it", Marked.class)
                .setParameterList("it", List.of(it.uuid))
                .list());
        fails(session ->
                session.byNaturalId(Marked.class).using("taxNumber", it.uuid).load());
        fails(session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaQuery<Marked> query = builder.createQuery(Marked.class);
            query.where(query.from(Marked.class).get("taxNumber").in(it.uuid, it.number));
            session.createQuery(query).list();
        });
        in(session -> session.createQuery("from Marked where taxNumber in :it", Marked.class)
                .setParameterList("it", List.of(it.taxNumber), String.class)
                .list());
    }

    private void failedReads() {
        holder.sessions.getCache().evictAllRegions();
        in(session -> session.createNativeMutationQuery("update marked set limited = 'garbage' where id = 3")
                .executeUpdate());
        try {
            in(session -> session.find(Marked.class, 3L));
        } catch (RuntimeException e) {
            holder.places.add("exceptions", e);
        }
    }

    private void statistics() {
        Statistics statistics = holder.sessions.getStatistics();
        for (String query : statistics.getQueries()) {
            holder.places.add("statistics", query);
            holder.places.add("statistics", statistics.getQueryStatistics(query));
        }
        holder.places.add("statistics", statistics);
        holder.places.add("statistics", statistics.getSlowQueries());
        statistics.logSummary();
    }

    private void describe(Session session) {
        PersistenceContext context =
                session.unwrap(SharedSessionContractImplementor.class).getPersistenceContext();
        holder.places.add("toString", session);
        holder.places.add("toString", context);
        holder.places.add(
                "toString",
                context.getEntityHoldersByKey() == null
                        ? ""
                        : context.getEntityHoldersByKey().keySet());
        holder.places.add(
                "toString",
                context.getCollectionsByKey() == null
                        ? ""
                        : context.getCollectionsByKey().keySet());
        context.forEachCollectionEntry((collection, entry) -> holder.places.add("toString", entry), false);
        for (Map.Entry<Object, ?> entry : context.reentrantSafeEntityEntries()) {
            holder.places.add("toString", entry.getValue());
        }
        holder.places.add("toString", session.getStatistics());
    }
}
