package io.cipherfield.hibernate.internal.query;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.EncryptedAttributeException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.QueryException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.spi.QueryEngine;
import org.hibernate.query.sqm.spi.NamedSqmQueryMemento;
import org.hibernate.query.sqm.tree.SqmStatement;
import org.jboss.logging.Logger;

/** Stops the start of a factory with named queries that can never work, since they use encrypted attributes wrongly. */
final class NamedQueryCheck {

    private static final Logger LOG = Logger.getLogger(NamedQueryCheck.class);

    private final SessionFactoryImplementor factory;
    private final Map<String, String> refused = new TreeMap<>();

    private NamedQueryCheck(SessionFactoryImplementor factory) {
        this.factory = factory;
    }

    /** @throws ConfigurationException that lists each such query by its name */
    static void check(SessionFactoryImplementor factory) {
        NamedQueryCheck check = new NamedQueryCheck(factory);
        factory.getQueryEngine().getNamedObjectRepository().visitSqmQueryMementos(check::visit);
        if (!check.refused.isEmpty()) {
            throw new ConfigurationException(
                    "Named queries use encrypted attributes in ways that cannot work:\n"
                            + check.refused.entrySet().stream()
                                    .map(query -> "  " + query.getKey() + ": " + query.getValue())
                                    .collect(Collectors.joining("\n")),
                    "Change or remove these named queries.");
        }
    }

    private void visit(NamedSqmQueryMemento query) {
        try {
            StatementCheck.check(statement(query), factory);
        } catch (EncryptedAttributeException e) {
            refused.put(query.getRegistrationName(), String.valueOf(e.getMessage()));
        } catch (QueryException e) {
            // Hibernate's own check of named queries has reported it, unless it is switched off
            LOG.debugf("The named query %s is no valid HQL", query.getRegistrationName());
        }
    }

    private SqmStatement<?> statement(NamedSqmQueryMemento query) {
        if (query.getSqmStatement() != null) {
            return query.getSqmStatement();
        }
        QueryEngine engine = factory.getQueryEngine();
        return engine.getInterpretationCache()
                .resolveHqlInterpretation(query.getHqlString(), null, engine.getHqlTranslator())
                .getSqmStatement();
    }
}
