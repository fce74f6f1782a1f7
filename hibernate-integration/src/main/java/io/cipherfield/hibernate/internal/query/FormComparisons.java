package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.JdbcMappingContainer;
import org.hibernate.metamodel.mapping.SqlExpressible;
import org.hibernate.query.sqm.ComparisonOperator;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.JdbcParameter;
import org.hibernate.sql.ast.tree.expression.QueryLiteral;
import org.hibernate.sql.ast.tree.expression.SqlTupleContainer;
import org.hibernate.sql.ast.tree.predicate.ComparisonPredicate;
import org.hibernate.sql.ast.tree.predicate.GroupedPredicate;
import org.hibernate.sql.ast.tree.predicate.InListPredicate;
import org.hibernate.sql.ast.tree.predicate.InSubQueryPredicate;
import org.hibernate.sql.ast.tree.predicate.Junction;
import org.hibernate.sql.ast.tree.predicate.Predicate;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.jspecify.annotations.Nullable;

/** Comparisons with a value, rewritten to name each form in which rows may hold it; what they answer for nulls stays as it was. */
final class FormComparisons {

    private FormComparisons() {}

    static Predicate comparison(ComparisonPredicate predicate) {
        return compare(
                predicate,
                predicate.getLeftHandExpression(),
                predicate.getOperator(),
                predicate.getRightHandExpression(),
                predicate.getExpressionType());
    }

    private static Predicate compare(
            @Nullable Predicate unchanged,
            Expression left,
            ComparisonOperator operator,
            Expression right,
            JdbcMappingContainer type) {
        Predicate rewritten = null;
        if (isTuple(left) && isTuple(right)) {
            rewritten = tuples(AssignmentGuard.parts(left), operator, AssignmentGuard.parts(right), type);
        } else if (forms(right, left) > 1) {
            rewritten = forms(left, operator, right, attribute(left), type);
        } else if (forms(left, right) > 1) {
            rewritten = forms(right, operator, left, attribute(right), type);
        }
        if (rewritten != null) {
            return rewritten;
        }
        return unchanged != null ? unchanged : new ComparisonPredicate(left, operator, right, type);
    }

    private static @Nullable Predicate forms(
            Expression column,
            ComparisonOperator operator,
            Expression value,
            EncryptedAttribute attribute,
            JdbcMappingContainer type) {
        List<Expression> forms = forms(value, attribute);
        return switch (operator) {
            case EQUAL -> new Complete.OfList(column, forms, false, type);
            case NOT_EQUAL -> new Complete.OfList(column, forms, true, type);
            case NOT_DISTINCT_FROM -> junction(Junction.Nature.DISJUNCTION, column, operator, forms, type);
            case DISTINCT_FROM -> junction(Junction.Nature.CONJUNCTION, column, operator, forms, type);
            default -> null;
        };
    }

    private static Predicate junction(
            Junction.Nature nature,
            Expression column,
            ComparisonOperator operator,
            List<Expression> forms,
            JdbcMappingContainer type) {
        List<Predicate> parts = new ArrayList<>();
        forms.forEach(form -> parts.add(new Complete.OfComparison(column, operator, form, type)));
        return new GroupedPredicate(new Junction(nature, parts, type));
    }

    /** Part by part, which says the same in three-valued logic. Null if there is nothing to do. */
    private static @Nullable Predicate tuples(
            List<Expression> left, ComparisonOperator operator, List<Expression> right, JdbcMappingContainer type) {
        boolean all = operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_DISTINCT_FROM;
        boolean any = operator == ComparisonOperator.NOT_EQUAL || operator == ComparisonOperator.DISTINCT_FROM;
        boolean needed = false;
        for (int i = 0; i < left.size() && left.size() == right.size(); i++) {
            needed |= forms(left.get(i), right.get(i)) > 1 || forms(right.get(i), left.get(i)) > 1;
        }
        if (!needed || !(all || any)) {
            return null;
        }
        List<Predicate> parts = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            parts.add(compare(null, left.get(i), operator, right.get(i), type));
        }
        return new GroupedPredicate(
                new Junction(all ? Junction.Nature.CONJUNCTION : Junction.Nature.DISJUNCTION, parts, type));
    }

    static Predicate inList(InListPredicate predicate) {
        Expression test = predicate.getTestExpression();
        List<Expression> list = predicate.getListExpressions();
        JdbcMappingContainer type = predicate.getExpressionType();
        EncryptedAttribute attribute = comparedAttribute(test);
        boolean ofValues = list.stream().allMatch(element -> Side.of(element).kind() != Side.Kind.OTHER);
        if (attribute != null && ofValues) {
            if (list.stream().noneMatch(element -> forms(element, test) > 1)) {
                return predicate;
            }
            List<Expression> forms = new ArrayList<>();
            for (Expression element : list) {
                forms.addAll(forms(element, test) > 1 ? forms(element, attribute) : List.of(element));
            }
            return new Complete.OfList(test, forms, predicate.isNegated(), type);
        }
        ComparisonOperator operator = predicate.isNegated() ? ComparisonOperator.NOT_EQUAL : ComparisonOperator.EQUAL;
        List<Predicate> parts = new ArrayList<>();
        boolean rewritten = false;
        for (Expression element : list) {
            ComparisonPredicate part = new ComparisonPredicate(test, operator, element, type);
            Predicate complete = comparison(part);
            rewritten |= complete != part;
            parts.add(complete);
        }
        return rewritten
                ? new GroupedPredicate(new Junction(
                        predicate.isNegated() ? Junction.Nature.CONJUNCTION : Junction.Nature.DISJUNCTION, parts, type))
                : predicate;
    }

    static Predicate inSubQuery(InSubQueryPredicate predicate) {
        SelectStatement subquery = EachForm.in(predicate.getSubQuery());
        Expression test = predicate.getTestExpression();
        JdbcMappingContainer type = predicate.getExpressionType();
        if (forms(test, subquery) > 1) {
            List<Predicate> parts = new ArrayList<>();
            for (Expression form : forms(test, attribute(subquery))) {
                parts.add(new Complete.OfInSubQuery(form, subquery, predicate.isNegated(), type));
            }
            return new GroupedPredicate(new Junction(
                    predicate.isNegated() ? Junction.Nature.CONJUNCTION : Junction.Nature.DISJUNCTION, parts, type));
        }
        return subquery == predicate.getSubQuery()
                ? predicate
                : new InSubQueryPredicate(test, subquery, predicate.isNegated(), type);
    }

    /**
     * In how many forms the value is to be named; 1 if this is no value, or the other side no column, or one whose values cannot be looked for, so that
     * the comparison will be refused as it stands.
     */
    private static int forms(Expression value, Expression other) {
        EncryptedAttribute column = comparedAttribute(other);
        EncryptedAttribute type =
                Side.of(value).kind() == Side.Kind.VALUE ? Side.of(value).attribute() : null;
        return column != null
                        && type != null
                        && Encryption.sameStoredForm(column, type)
                        && column.deterministic()
                        && column.unsearchableLegacyReaders().isEmpty()
                ? column.forms()
                : 1;
    }

    private static List<Expression> forms(Expression value, EncryptedAttribute attribute) {
        SqlAstNode resolved = GuardedTranslator.resolved(value);
        List<Expression> forms = new ArrayList<>();
        forms.add(value);
        for (int form = 1; form < attribute.forms(); form++) {
            if (resolved instanceof JdbcParameter parameter) {
                forms.add(new FormParameter(parameter, attribute, form));
            } else if (resolved instanceof QueryLiteral<?> literal) {
                forms.add(new QueryLiteral<>(
                        attribute.form(literal.getLiteralValue(), form), (SqlExpressible) literal.getExpressionType()));
            }
        }
        return forms;
    }

    private static EncryptedAttribute attribute(Expression column) {
        EncryptedAttribute attribute = comparedAttribute(column);
        if (attribute == null) {
            throw new IllegalStateException("Not an encrypted column");
        }
        return attribute;
    }

    /** What a column, or the single column of a subquery, is encrypted for. */
    private static @Nullable EncryptedAttribute comparedAttribute(Expression expression) {
        if (expression instanceof SelectStatement subquery) {
            for (List<Expression> row : Side.rows(subquery)) {
                Side first = row.size() == 1 ? Side.of(row.get(0)) : null;
                if (first != null && first.isColumn()) {
                    return first.attribute();
                }
            }
            return null;
        }
        return Encryption.ofColumn(expression);
    }

    private static boolean isTuple(Expression expression) {
        return SqlTupleContainer.getSqlTuple(expression) != null;
    }
}
