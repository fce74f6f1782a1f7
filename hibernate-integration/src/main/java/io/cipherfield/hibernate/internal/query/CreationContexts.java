package io.cipherfield.hibernate.internal.query;

import java.lang.reflect.InvocationTargetException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.sqm.spi.SqmCreationContext;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;

/** What translations are made in: on Hibernate 6.6 the factory itself, on 7 one of its parts. */
final class CreationContexts {

    private CreationContexts() {}

    static SqmCreationContext forHql(SessionFactoryImplementor factory) {
        Object builder = factory.getQueryEngine().getCriteriaBuilder();
        return builder instanceof SqmCreationContext context ? context : (SqmCreationContext) (Object) factory;
    }

    static SqlAstCreationContext forSql(SessionFactoryImplementor factory) {
        if ((Object) factory instanceof SqlAstCreationContext context) {
            return context;
        }
        try {
            return (SqlAstCreationContext) SessionFactoryImplementor.class
                    .getMethod("getSqlTranslationEngine")
                    .invoke(factory);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("This version of Hibernate is not supported", e);
        }
    }
}
