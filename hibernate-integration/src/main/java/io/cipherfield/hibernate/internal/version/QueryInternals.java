package io.cipherfield.hibernate.internal.version;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.hibernate.Version;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.query.spi.QueryParameterBinding;
import org.hibernate.query.sqm.spi.SqmCreationContext;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/** What a statement's execution needs of Hibernate, and what has another signature on 6.6 than on 7. */
public final class QueryInternals {

    private static final Method SET_BIND_VALUE = ofBinding("setBindValue");
    private static final Method SET_BIND_VALUES = ofBinding("setBindValues");
    private static final @Nullable Method LOCKED_PATHS = ofQuerySpec("getRootPathsForLocking");
    private static final @Nullable Method LOCK_PATH = ofQuerySpec("applyRootPathForLocking");

    private QueryInternals() {}

    /** On Hibernate 6.6 the factory itself, on 7 one of its parts. */
    public static SqlAstCreationContext creationContext(SessionFactoryImplementor factory) {
        if ((Object) factory instanceof SqlAstCreationContext context) {
            return context;
        }
        try {
            return (SqlAstCreationContext) Objects.requireNonNull(
                    call(SessionFactoryImplementor.class.getMethod("getSqlTranslationEngine"), factory));
        } catch (NoSuchMethodException e) {
            throw unsupported(e);
        }
    }

    /** What HQL is interpreted in: on Hibernate 6.6 the factory itself, on 7 the criteria builder. */
    public static SqmCreationContext interpretationContext(SessionFactoryImplementor factory) {
        Object builder = factory.getQueryEngine().getCriteriaBuilder();
        return builder instanceof SqmCreationContext context ? context : (SqmCreationContext) (Object) factory;
    }

    /** What a select locks: on Hibernate 7 it fails without, where {@code for update} is asked for; 6.6 does not keep it there. */
    public static void copyLockedPaths(QuerySpec from, QuerySpec to) {
        if (LOCKED_PATHS == null || LOCK_PATH == null || !(call(LOCKED_PATHS, from) instanceof Set<?> paths)) {
            return;
        }
        paths.forEach(path -> call(LOCK_PATH, to, path));
    }

    private static @Nullable Method ofQuerySpec(String name) {
        return Arrays.stream(QuerySpec.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** {@code binding.setBindValue(value, type)}; the type's interface has another package on 6.6 than on 7. */
    public static void bind(QueryParameterBinding<?> binding, @Nullable Object value, JdbcMapping type) {
        call(SET_BIND_VALUE, binding, value, type);
    }

    /** The same of a list of values. */
    public static void bindAll(QueryParameterBinding<?> binding, Collection<?> values, JdbcMapping type) {
        call(SET_BIND_VALUES, binding, values, type);
    }

    private static Method ofBinding(String name) {
        return Arrays.stream(QueryParameterBinding.class.getMethods())
                .filter(method -> method.getName().equals(name)
                        && method.getParameterCount() == 2
                        && method.getParameterTypes()[1].isAssignableFrom(CustomType.class))
                .findFirst()
                .orElseThrow(() -> unsupported(null));
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : unsupported(e);
        } catch (IllegalAccessException e) {
            throw unsupported(e);
        }
    }

    private static IllegalStateException unsupported(@Nullable Exception cause) {
        return new IllegalStateException("Hibernate " + Version.getVersionString() + " is not supported", cause);
    }
}
