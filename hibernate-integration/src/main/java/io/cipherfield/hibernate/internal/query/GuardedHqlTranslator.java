package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.version.QueryInternals;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.SemanticException;
import org.hibernate.query.hql.HqlTranslator;
import org.hibernate.query.hql.internal.StandardHqlTranslator;
import org.hibernate.query.sqm.internal.SqmCreationOptionsStandard;
import org.hibernate.query.sqm.tree.SqmStatement;
import org.jspecify.annotations.Nullable;

/**
 * Checks each HQL statement when it is first interpreted, so that {@code createQuery} refuses and not only the execution.
 * Hibernate creates it by name, once for each factory, so it is public.
 */
public final class GuardedHqlTranslator implements HqlTranslator {

    private volatile @Nullable SessionFactoryImplementor factory;
    private volatile @Nullable HqlTranslator standard;
    private volatile SemanticRefusal semantics = new SemanticRefusal(List.of());
    private volatile boolean checks;

    /** For Hibernate. */
    public GuardedHqlTranslator() {}

    /** Before the factory interprets its first query. */
    void attach(SessionFactoryImplementor owner, Collection<EncryptedAttribute> encrypted) {
        factory = owner;
        semantics = new SemanticRefusal(encrypted);
    }

    /** Once the factory is complete: before, nothing can be translated to SQL. */
    void startChecking() {
        checks = true;
    }

    @Override
    public <R> SqmStatement<R> translate(String hql, @Nullable Class<R> resultType) {
        SqmStatement<R> statement;
        try {
            statement = standard().translate(hql, resultType);
        } catch (SemanticException e) {
            throw explained(e, hql);
        }
        if (checks) {
            StatementCheck.check(statement, owner());
        }
        return statement;
    }

    private RuntimeException explained(SemanticException refusal, String hql) {
        String message = semantics.message(refusal, hql);
        if (message == null) {
            return refusal;
        }
        // At the start Hibernate collects its own exceptions by the names of the queries
        return checks ? new EncryptedAttributeException(message, refusal) : new SemanticException(message, refusal);
    }

    private HqlTranslator standard() {
        HqlTranslator existing = standard;
        if (existing == null) {
            SessionFactoryImplementor owner = owner();
            HqlTranslator ofDialect = owner.getJdbcServices().getDialect().getHqlTranslator();
            existing = ofDialect != null
                    ? ofDialect
                    : new StandardHqlTranslator(
                            QueryInternals.interpretationContext(owner),
                            new SqmCreationOptionsStandard(owner.getSessionFactoryOptions()));
            standard = existing;
        }
        return existing;
    }

    private SessionFactoryImplementor owner() {
        return Objects.requireNonNull(factory, "the session factory of this translator");
    }
}
