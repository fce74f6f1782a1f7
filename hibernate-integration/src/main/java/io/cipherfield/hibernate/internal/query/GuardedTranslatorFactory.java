package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.internal.version.TranslatorFactoryOf6;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterBindings;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.sql.SqmTranslator;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.query.sqm.tree.select.SqmSelectStatement;
import org.hibernate.sql.ast.spi.SqlAstCreationContext;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.sql.ast.tree.select.SelectStatement;

/** Makes the guarded translators. Hibernate creates it by name, so it is public. */
public final class GuardedTranslatorFactory extends TranslatorFactoryOf6 {

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
}
