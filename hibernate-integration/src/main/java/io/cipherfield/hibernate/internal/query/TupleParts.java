package io.cipherfield.hibernate.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hibernate.query.sqm.ComparisonOperator;
import org.hibernate.query.sqm.tree.expression.SqmExpression;
import org.hibernate.query.sqm.tree.expression.SqmTuple;
import org.hibernate.query.sqm.tree.predicate.SqmComparisonPredicate;
import org.hibernate.query.sqm.tree.predicate.SqmInListPredicate;
import org.hibernate.sql.ast.tree.predicate.GroupedPredicate;
import org.hibernate.sql.ast.tree.predicate.Junction;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of tuples in which something is encrypted, part by part, which says the same in three-valued logic. Within a tuple Hibernate
 * gives a parameter no type, and would compare the value as it is.
 */
final class TupleParts {

    private final Predicate<SqmExpression<?>> encrypted;
    private final Function<SqmComparisonPredicate, org.hibernate.sql.ast.tree.predicate.Predicate> translator;

    TupleParts(
            Predicate<SqmExpression<?>> encrypted,
            Function<SqmComparisonPredicate, org.hibernate.sql.ast.tree.predicate.Predicate> translator) {
        this.encrypted = encrypted;
        this.translator = translator;
    }

    /** Null if it is no such comparison. */
    org.hibernate.sql.ast.tree.predicate.@Nullable Predicate of(SqmComparisonPredicate predicate) {
        ComparisonOperator operator =
                predicate.isNegated() ? predicate.getSqmOperator().negated() : predicate.getSqmOperator();
        return compare(predicate, predicate.getLeftHandExpression(), operator, predicate.getRightHandExpression());
    }

    /** Null if it is no such list. */
    org.hibernate.sql.ast.tree.predicate.@Nullable Predicate of(SqmInListPredicate<?> predicate) {
        ComparisonOperator operator = predicate.isNegated() ? ComparisonOperator.NOT_EQUAL : ComparisonOperator.EQUAL;
        List<org.hibernate.sql.ast.tree.predicate.Predicate> elements = new ArrayList<>();
        for (SqmExpression<?> element : predicate.getListExpressions()) {
            org.hibernate.sql.ast.tree.predicate.Predicate part =
                    compare(predicate, predicate.getTestExpression(), operator, element);
            if (part == null) {
                return null;
            }
            elements.add(part);
        }
        return elements.isEmpty()
                ? null
                : junction(predicate.isNegated() ? Junction.Nature.CONJUNCTION : Junction.Nature.DISJUNCTION, elements);
    }

    private org.hibernate.sql.ast.tree.predicate.@Nullable Predicate compare(
            SqmExpression<Boolean> origin, SqmExpression<?> left, ComparisonOperator operator, SqmExpression<?> right) {
        Junction.Nature nature = switch (operator) {
            case EQUAL, NOT_DISTINCT_FROM -> Junction.Nature.CONJUNCTION;
            case NOT_EQUAL, DISTINCT_FROM -> Junction.Nature.DISJUNCTION;
            default -> null;
        };
        if (nature == null
                || !(left instanceof SqmTuple<?> leftTuple && right instanceof SqmTuple<?> rightTuple)
                || leftTuple.getGroupedExpressions().size()
                        != rightTuple.getGroupedExpressions().size()
                || !(isEncrypted(leftTuple) || isEncrypted(rightTuple))) {
            return null;
        }
        List<org.hibernate.sql.ast.tree.predicate.Predicate> parts = new ArrayList<>();
        for (int i = 0; i < leftTuple.getGroupedExpressions().size(); i++) {
            parts.add(translator.apply(new SqmComparisonPredicate(
                    leftTuple.getGroupedExpressions().get(i),
                    operator,
                    rightTuple.getGroupedExpressions().get(i),
                    origin.nodeBuilder())));
        }
        return junction(nature, parts);
    }

    private boolean isEncrypted(SqmTuple<?> tuple) {
        return tuple.getGroupedExpressions().stream().anyMatch(encrypted);
    }

    private static org.hibernate.sql.ast.tree.predicate.Predicate junction(
            Junction.Nature nature, List<org.hibernate.sql.ast.tree.predicate.Predicate> parts) {
        return new GroupedPredicate(new Junction(nature, parts, parts.get(0).getExpressionType()));
    }
}
