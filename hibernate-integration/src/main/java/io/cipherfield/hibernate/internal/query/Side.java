package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.sql.ast.spi.SqlSelection;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.JdbcParameter;
import org.hibernate.sql.ast.tree.expression.QueryLiteral;
import org.hibernate.sql.ast.tree.select.QueryPart;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.jspecify.annotations.Nullable;

/**
 * One side of a comparison, as far as encryption goes.
 *
 * @param attribute what it is encrypted for, null if it is not
 */
record Side(Kind kind, @Nullable EncryptedAttribute attribute) {

    enum Kind {
        COLUMN,
        /** A parameter or a literal. */
        VALUE,
        NULL,
        OTHER
    }

    static Side of(SqlAstNode node) {
        EncryptedAttribute column = Encryption.ofColumn(node);
        if (column != null) {
            return new Side(Kind.COLUMN, column);
        }
        SqlAstNode resolved = GuardedTranslator.resolved(node);
        if (resolved instanceof QueryLiteral<?> literal && literal.getLiteralValue() == null) {
            return new Side(Kind.NULL, null);
        }
        if (resolved instanceof JdbcParameter || resolved instanceof QueryLiteral) {
            return new Side(Kind.VALUE, Encryption.of(((Expression) resolved).getExpressionType()));
        }
        return new Side(Kind.OTHER, null);
    }

    boolean isColumn() {
        return kind == Kind.COLUMN;
    }

    /** The rows that stand on a side: a tuple's or a single expression's one, or what each part of a subquery selects. */
    static List<List<Expression>> rows(Expression side) {
        if (side instanceof SelectStatement subquery) {
            List<List<Expression>> rows = new ArrayList<>();
            addRows(subquery.getQueryPart(), rows);
            return rows;
        }
        return List.of(AssignmentGuard.parts(side));
    }

    private static void addRows(QueryPart part, List<List<Expression>> rows) {
        part.visitQuerySpecs(spec -> rows.add(row(spec)));
    }

    private static List<Expression> row(QuerySpec spec) {
        return spec.getSelectClause().getSqlSelections().stream()
                .map(SqlSelection::getExpression)
                .flatMap(expression -> AssignmentGuard.parts(expression).stream())
                .toList();
    }
}
