package io.cipherfield.hibernate.internal.query;

import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.sql.SqmTranslator;
import org.hibernate.query.sqm.sql.StandardSqmTranslatorFactory;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.query.sqm.tree.delete.SqmDeleteStatement;
import org.hibernate.query.sqm.tree.insert.SqmInsertStatement;
import org.hibernate.query.sqm.tree.select.SqmSelectStatement;
import org.hibernate.query.sqm.tree.update.SqmUpdateStatement;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.sql.ast.tree.delete.DeleteStatement;
import org.hibernate.sql.ast.tree.insert.InsertStatement;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.ast.tree.update.UpdateStatement;

/** Makes the guarded translators. Hibernate creates it by name, so it is public. */
public final class GuardedTranslatorFactory extends StandardSqmTranslatorFactory {

    @Override
    public SqmTranslator<SelectStatement> createSelectTranslator(
            SqmSelectStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context,
            boolean deduplicateSelectionItems) {
        return new GuardedTranslator<>(
                statement,
                options,
                parameters,
                bindings,
                influencers,
                context,
                deduplicateSelectionItems,
                GuardedTranslator.Mode.EXECUTION);
    }

    @Override
    public SqmTranslator<? extends MutationStatement> createMutationTranslator(
            SqmDmlStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context) {
        return new GuardedTranslator<MutationStatement>(
                statement,
                options,
                parameters,
                bindings,
                influencers,
                context,
                false,
                GuardedTranslator.Mode.EXECUTION);
    }

    /** Hibernate 7 has no such method. */
    @Override
    @SuppressWarnings({"deprecation", "removal", "unchecked"})
    public SqmTranslator<DeleteStatement> createSimpleDeleteTranslator(
            SqmDeleteStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context) {
        return (SqmTranslator<DeleteStatement>)
                createMutationTranslator(statement, options, parameters, bindings, influencers, context);
    }

    /** Hibernate 7 has no such method. */
    @Override
    @SuppressWarnings({"deprecation", "removal", "unchecked"})
    public SqmTranslator<InsertStatement> createInsertTranslator(
            SqmInsertStatement<?> statement,
            QueryOptions options,
            DomainParameterXref parameters,
            QueryParameterBindings bindings,
            LoadQueryInfluencers influencers,
            SqlAstCreationContext context) {
        return (SqmTranslator<InsertStatement>)
                createMutationTranslator(statement, options, parameters, bindings, influencers, context);
    }

    /** Hibernate 7 has no such method. */
    @Override
    @SuppressWarnings({"deprecation", "removal", "unchecked"})
    public SqmTranslator<UpdateStatement> createSimpleUpdateTranslator(
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
