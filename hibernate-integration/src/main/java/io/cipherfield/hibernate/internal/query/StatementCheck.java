package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.internal.version.QueryInternals;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.internal.ParameterMetadataImpl;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.tree.SqmStatement;
import org.hibernate.sql.ast.tree.Statement;
import org.jboss.logging.Logger;

/**
 * Translates a statement without executing it, so that what can never work is refused before values are known. A statement
 * that Hibernate cannot translate without values passes: it is guarded again when it is executed.
 */
final class StatementCheck {

    private static final Logger LOG = Logger.getLogger(StatementCheck.class);

    private StatementCheck() {}

    /** @throws EncryptedAttributeException if the statement uses an encrypted attribute in a way that cannot be right */
    static void check(SqmStatement<?> statement, SessionFactoryImplementor factory) {
        DomainParameterXref parameters = DomainParameterXref.from(statement);
        GuardedTranslator<Statement> translator = new GuardedTranslator<>(
                statement,
                QueryOptions.NONE,
                parameters,
                withoutValues(parameters, factory),
                new LoadQueryInfluencers(factory),
                QueryInternals.creationContext(factory),
                false,
                GuardedTranslator.Mode.WITHOUT_VALUES);
        try {
            translator.translate();
        } catch (EncryptedAttributeException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debugf("A statement is checked when it is executed, since it needs values: %s", e.getClass());
        }
    }

    private static QueryParameterBindings withoutValues(
            DomainParameterXref parameters, SessionFactoryImplementor factory) {
        return parameters.hasParameters()
                ? new ParameterMetadataImpl(parameters.getQueryParameters()).createBindings(factory)
                : QueryParameterBindings.empty();
    }
}
