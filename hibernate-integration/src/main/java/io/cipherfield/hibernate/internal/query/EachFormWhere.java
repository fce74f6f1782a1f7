package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.hibernate.query.sqm.tree.SqmStatement;
import org.hibernate.query.sqm.tree.insert.SqmInsertSelectStatement;
import org.hibernate.query.sqm.tree.predicate.SqmPredicate;
import org.hibernate.query.sqm.tree.predicate.SqmWhereClause;
import org.hibernate.query.sqm.tree.predicate.SqmWhereClauseContainer;
import org.hibernate.query.sqm.tree.select.SqmQueryGroup;
import org.hibernate.query.sqm.tree.select.SqmQueryPart;
import org.hibernate.query.sqm.tree.select.SqmQuerySpec;
import org.hibernate.sql.ast.tree.predicate.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The restriction of a statement over several tables, which Hibernate translates by a converter of its own, with {@link EachForm} applied
 * to whatever that converter makes of it. A proxy, since the interface differs between Hibernate 6.6 and 7.
 */
final class EachFormWhere implements InvocationHandler {

    private final SqmPredicate predicate;

    private EachFormWhere(SqmPredicate predicate) {
        this.predicate = predicate;
    }

    /** In place, once: statements are kept with their plans, and a plan may be used by several threads. */
    static void install(SqmStatement<?> statement) {
        if (statement instanceof SqmWhereClauseContainer container) {
            install(container.getWhereClause());
        } else if (statement instanceof SqmInsertSelectStatement<?> insert) {
            install(insert.getSelectQueryPart());
        }
    }

    private static void install(SqmQueryPart<?> part) {
        if (part instanceof SqmQuerySpec<?> spec) {
            install(spec.getWhereClause());
        } else if (part instanceof SqmQueryGroup<?> group) {
            group.getQueryParts().forEach(EachFormWhere::install);
        }
    }

    private static void install(@Nullable SqmWhereClause where) {
        if (where != null && where.getPredicate() != null && !isInstalled(where.getPredicate())) {
            where.setPredicate(of(where.getPredicate()));
        }
    }

    private static boolean isInstalled(SqmPredicate predicate) {
        return Proxy.isProxyClass(predicate.getClass())
                && Proxy.getInvocationHandler(predicate) instanceof EachFormWhere;
    }

    private static SqmPredicate of(SqmPredicate predicate) {
        return (SqmPredicate) Proxy.newProxyInstance(
                EachFormWhere.class.getClassLoader(),
                new Class<?>[] {SqmPredicate.class},
                new EachFormWhere(predicate));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object result = GuardedStrategy.call(predicate, method, arguments);
        if (method.getName().equals("accept") && result instanceof Predicate translated) {
            return EachForm.in(translated);
        }
        return method.getName().equals("copy") && result instanceof SqmPredicate copy ? of(copy) : result;
    }
}
