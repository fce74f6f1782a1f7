package io.cipherfield.hibernate.internal.version;

import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.sql.SqmTranslator;
import org.hibernate.query.sqm.sql.StandardSqmTranslatorFactory;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.query.sqm.tree.delete.SqmDeleteStatement;
import org.hibernate.query.sqm.tree.insert.SqmInsertStatement;
import org.hibernate.query.sqm.tree.update.SqmUpdateStatement;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.sql.ast.tree.delete.DeleteStatement;
import org.hibernate.sql.ast.tree.insert.InsertStatement;
import org.hibernate.sql.ast.tree.update.UpdateStatement;

/** Leads the methods that a translator factory has on Hibernate 6.6 only to the one that takes their place on 7. */
public abstract class TranslatorFactoryOf6 extends StandardSqmTranslatorFactory {

    @Override
    public abstract SqmTranslator<? extends MutationStatement> createMutationTranslator(
            SqmDmlStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context);

    @Override
    @SuppressWarnings({"deprecation", "removal", "unchecked"})
    public final SqmTranslator<DeleteStatement> createSimpleDeleteTranslator(
            SqmDeleteStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context) {
        return (SqmTranslator<DeleteStatement>)
                createMutationTranslator(statement, options, parameters, bindings, influencers, context);
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "unchecked"})
    public final SqmTranslator<InsertStatement> createInsertTranslator(
            SqmInsertStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context) {
        return (SqmTranslator<InsertStatement>)
                createMutationTranslator(statement, options, parameters, bindings, influencers, context);
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "unchecked"})
    public final SqmTranslator<UpdateStatement> createSimpleUpdateTranslator(
            SqmUpdateStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context) {
        return (SqmTranslator<UpdateStatement>)
                createMutationTranslator(statement, options, parameters, bindings, influencers, context);
    }
}
