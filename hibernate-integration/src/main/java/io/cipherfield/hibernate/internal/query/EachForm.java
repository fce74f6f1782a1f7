package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.version.QueryInternals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.metamodel.mapping.SqlExpressible;
import org.hibernate.query.sqm.ComparisonOperator;
import org.hibernate.sql.ast.tree.expression.QueryLiteral;
import org.hibernate.sql.ast.tree.predicate.ComparisonPredicate;
import org.hibernate.sql.ast.tree.predicate.ExistsPredicate;
import org.hibernate.sql.ast.tree.predicate.GroupedPredicate;
import org.hibernate.sql.ast.tree.predicate.InArrayPredicate;
import org.hibernate.sql.ast.tree.predicate.InListPredicate;
import org.hibernate.sql.ast.tree.predicate.InSubQueryPredicate;
import org.hibernate.sql.ast.tree.predicate.Junction;
import org.hibernate.sql.ast.tree.predicate.NegatedPredicate;
import org.hibernate.sql.ast.tree.predicate.Predicate;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.sql.ast.tree.select.SelectStatement;

/**
 * Rewrites comparisons of a deterministic column with a value so that they match each form in which rows may hold the value, under
 * each key of the ring: {@code =} to {@code in}, {@code <>} to {@code not in}. What they answer for nulls stays as it was. The nodes
 * made here are marked, so that the guard can tell a comparison that is complete from one that was not rewritten.
 */
final class EachForm {

    private EachForm() {}

    /** Whether a comparison came from here, and so needs no further forms. */
    static boolean isComplete(Predicate predicate) {
        return predicate instanceof Complete;
    }

    /** The predicate with all comparisons in it rewritten, or itself if there is nothing to do. */
    static Predicate in(Predicate predicate) {
        if (isComplete(predicate)) {
            return predicate;
        }
        if (predicate instanceof Junction junction) {
            List<Predicate> parts = new ArrayList<>();
            junction.getPredicates().forEach(part -> parts.add(in(part)));
            return parts.equals(junction.getPredicates())
                    ? junction
                    : new Junction(junction.getNature(), parts, junction.getExpressionType());
        }
        if (predicate instanceof GroupedPredicate grouped) {
            return rewrap(grouped, grouped.getSubPredicate(), GroupedPredicate::new);
        }
        if (predicate instanceof NegatedPredicate negated) {
            return rewrap(negated, negated.getPredicate(), NegatedPredicate::new);
        }
        if (predicate instanceof ComparisonPredicate comparison) {
            return FormComparisons.comparison(comparison);
        }
        if (predicate instanceof InListPredicate list) {
            return FormComparisons.inList(list);
        }
        if (predicate instanceof InSubQueryPredicate subquery) {
            return FormComparisons.inSubQuery(subquery);
        }
        if (predicate instanceof InArrayPredicate array) {
            EncryptedAttribute attribute = Encryption.ofColumn(array.getTestExpression());
            if (attribute != null) {
                throw Refusal.array(attribute);
            }
        }
        if (predicate instanceof ExistsPredicate exists) {
            SelectStatement inner = in(exists.getExpression());
            return inner == exists.getExpression()
                    ? exists
                    : new ExistsPredicate(inner, exists.isNegated(), exists.getExpressionType());
        }
        return predicate;
    }

    private static Predicate rewrap(Predicate outer, Predicate inner, Function<Predicate, Predicate> wrap) {
        Predicate rewritten = in(inner);
        return rewritten == inner ? outer : wrap.apply(rewritten);
    }

    /** The statement with its restriction rewritten, or itself. A part with a limit cannot be copied on all versions of Hibernate and stays. */
    static SelectStatement in(SelectStatement statement) {
        if (!(statement.getQueryPart() instanceof QuerySpec spec)
                || spec.getWhereClauseRestrictions() == null
                || spec.hasOffsetOrFetchClause()) {
            return statement;
        }
        Predicate where = in(spec.getWhereClauseRestrictions());
        return where == spec.getWhereClauseRestrictions()
                ? statement
                : new SelectStatement(statement, copy(spec, where), statement.getDomainResultDescriptors());
    }

    private static QuerySpec copy(QuerySpec spec, Predicate where) {
        QuerySpec copy =
                new QuerySpec(spec.isRoot(), spec.getFromClause().getRoots().size());
        spec.getFromClause().getRoots().forEach(copy.getFromClause()::addRoot);
        spec.getSelectClause().getSqlSelections().forEach(copy.getSelectClause()::addSqlSelection);
        copy.getSelectClause().makeDistinct(spec.getSelectClause().isDistinct());
        copy.applyPredicate(where);
        QueryInternals.copyLockedPaths(spec, copy);
        copy.setGroupByClauseExpressions(spec.getGroupByClauseExpressions());
        copy.setHavingClauseRestrictions(spec.getHavingClauseRestrictions());
        if (spec.hasSortSpecifications()) {
            spec.getSortSpecifications().forEach(copy::addSortSpecification);
        }
        return copy;
    }

    /** As {@link #in(Predicate)}, for where Hibernate wants a comparison. */
    static ComparisonPredicate asComparison(ComparisonPredicate predicate) {
        Predicate rewritten = FormComparisons.comparison(predicate);
        return rewritten instanceof ComparisonPredicate same
                ? same
                : new Complete.ComparisonStandIn(predicate, rewritten);
    }

    /** A predicate of any kind, for where Hibernate wants a comparison. */
    static ComparisonPredicate standIn(Predicate predicate) {
        QueryLiteral<Object> none = new QueryLiteral<>(null, (SqlExpressible) predicate.getExpressionType());
        return new Complete.ComparisonStandIn(
                new ComparisonPredicate(none, ComparisonOperator.EQUAL, none, predicate.getExpressionType()),
                predicate);
    }

    /** As {@link #in(Predicate)}, for where Hibernate wants such a predicate. */
    static InSubQueryPredicate asInSubQuery(InSubQueryPredicate predicate) {
        Predicate rewritten = FormComparisons.inSubQuery(predicate);
        return rewritten instanceof InSubQueryPredicate same
                ? same
                : new Complete.InSubQueryStandIn(predicate, rewritten);
    }
}
