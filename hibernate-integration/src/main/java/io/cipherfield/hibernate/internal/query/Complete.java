package io.cipherfield.hibernate.internal.query;

import java.util.List;
import org.hibernate.metamodel.mapping.JdbcMappingContainer;
import org.hibernate.query.sqm.ComparisonOperator;
import org.hibernate.sql.ast.SqlAstWalker;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.predicate.ComparisonPredicate;
import org.hibernate.sql.ast.tree.predicate.InListPredicate;
import org.hibernate.sql.ast.tree.predicate.InSubQueryPredicate;
import org.hibernate.sql.ast.tree.predicate.Predicate;
import org.hibernate.sql.ast.tree.select.SelectStatement;

/** A comparison that names each form of the values in it, or one of those that together do. */
interface Complete {

    final class OfList extends InListPredicate implements Complete {
        OfList(Expression test, List<Expression> forms, boolean negated, JdbcMappingContainer type) {
            super(test, forms, negated, type);
        }
    }

    final class OfComparison extends ComparisonPredicate implements Complete {
        OfComparison(Expression left, ComparisonOperator operator, Expression right, JdbcMappingContainer type) {
            super(left, operator, right, type);
        }
    }

    final class OfInSubQuery extends InSubQueryPredicate implements Complete {
        OfInSubQuery(Expression test, SelectStatement subquery, boolean negated, JdbcMappingContainer type) {
            super(test, subquery, negated, type);
        }
    }

    /** Stands where Hibernate's translator can hold nothing but a comparison, and is what it was rewritten to. */
    final class ComparisonStandIn extends ComparisonPredicate implements Complete {
        private final Predicate predicate;

        ComparisonStandIn(ComparisonPredicate original, Predicate predicate) {
            super(
                    original.getLeftHandExpression(),
                    original.getOperator(),
                    original.getRightHandExpression(),
                    original.getExpressionType());
            this.predicate = predicate;
        }

        @Override
        public void accept(SqlAstWalker walker) {
            predicate.accept(walker);
        }
    }

    final class InSubQueryStandIn extends InSubQueryPredicate implements Complete {
        private final Predicate predicate;

        InSubQueryStandIn(InSubQueryPredicate original, Predicate predicate) {
            super(
                    original.getTestExpression(),
                    original.getSubQuery(),
                    original.isNegated(),
                    original.getExpressionType());
            this.predicate = predicate;
        }

        @Override
        public void accept(SqlAstWalker walker) {
            predicate.accept(walker);
        }
    }
}
