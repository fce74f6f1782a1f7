package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.List;
import org.hibernate.query.sqm.SetOperator;
import org.hibernate.sql.ast.spi.SqlSelection;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.ast.tree.cte.CteColumn;
import org.hibernate.sql.ast.tree.cte.CteContainer;
import org.hibernate.sql.ast.tree.cte.CteStatement;
import org.hibernate.sql.ast.tree.expression.ColumnReference;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.SqlTupleContainer;
import org.hibernate.sql.ast.tree.from.FunctionTableReference;
import org.hibernate.sql.ast.tree.from.QueryPartTableReference;
import org.hibernate.sql.ast.tree.from.TableGroupJoin;
import org.hibernate.sql.ast.tree.from.TableReferenceJoin;
import org.hibernate.sql.ast.tree.select.QueryGroup;
import org.hibernate.sql.ast.tree.select.QueryPart;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.sql.ast.tree.select.SelectClause;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.ast.tree.select.SortSpecification;

/** Refuses the uses of encrypted columns that cannot be right in the structure of a query: its parts, what it selects, its sources. */
class QueryGuard extends ExpressionGuard {

    static void check(Statement statement) {
        statement.accept(new MutationGuard());
    }

    // Query parts

    final void visitCtes(CteContainer container) {
        for (CteStatement cte : container.getCteStatements().values()) {
            within(Use.RESULT, "with", () -> cte.getCteDefinition().accept(this));
            if (cte.getSearchBySpecifications() != null) {
                cte.getSearchBySpecifications().forEach(search -> refuse(search.getCteColumn(), "search by"));
            }
            if (cte.getCycleColumns() != null) {
                cte.getCycleColumns().forEach(column -> refuse(column, "cycle"));
            }
        }
    }

    private void refuse(CteColumn column, String place) {
        EncryptedAttribute attribute = Encryption.of(column.getJdbcMapping());
        if (attribute != null) {
            throw Refusal.use(attribute, Use.SORT, place);
        }
    }

    @Override
    public void visitSelectStatement(SelectStatement statement) {
        visitCtes(statement);
        statement.getQueryPart().accept(this);
    }

    @Override
    public void visitQueryGroup(QueryGroup group) {
        List<SqlSelection> first = selections(group);
        for (QueryPart part : group.getQueryParts()) {
            List<SqlSelection> selections = selections(part);
            for (int i = 0; i < Math.min(first.size(), selections.size()); i++) {
                requireSame(first.get(i).getExpression(), selections.get(i).getExpression(), group.getSetOperator());
            }
        }
        super.visitQueryGroup(group);
    }

    private static List<SqlSelection> selections(QueryPart part) {
        return part.getFirstQuerySpec().getSelectClause().getSqlSelections();
    }

    private void requireSame(Expression one, Expression other, SetOperator operator) {
        EncryptedAttribute left = Encryption.ofColumn(one);
        EncryptedAttribute right = Encryption.ofColumn(other);
        EncryptedAttribute either = left != null ? left : right;
        if (either == null) {
            return;
        }
        if (operator != SetOperator.UNION_ALL) {
            requireOneForm(either, Use.GROUPING, operator.sqlString());
        }
        if (left == null || right == null || !Encryption.sameStoredForm(left, right)) {
            throw Refusal.use(either, Use.EXPRESSION, operator.sqlString() + " with something else");
        }
    }

    @Override
    public void visitQuerySpec(QuerySpec spec) {
        List<SqlSelection> selections = spec.getSelectClause().getSqlSelections();
        if (spec.getSelectClause().isDistinct()) {
            requireIdentity(
                    spec, selections.stream().map(SqlSelection::getExpression).toList(), "distinct");
        }
        List<Expression> groups = spec.getGroupByClauseExpressions();
        requireIdentity(spec, groups, "group by");

        spec.getSelectClause().accept(this);
        spec.getFromClause().accept(this);
        visitCondition(spec.getWhereClauseRestrictions(), "where");
        groups.stream()
                .filter(group -> Encryption.ofColumn(group) == null && SqlTupleContainer.getSqlTuple(group) == null)
                .forEach(group -> within(Use.GROUPING, "group by", () -> group.accept(this)));
        visitCondition(spec.getHavingClauseRestrictions(), "having");
        within(Use.SORT, "order by", () -> visitOffsetFetchClause(spec));
    }

    private void requireIdentity(QuerySpec spec, List<Expression> row, String place) {
        RowIdentity identity = new RowIdentity(spec.getFromClause(), row);
        for (ColumnReference column : identity.columns()) {
            EncryptedAttribute attribute = Encryption.of(column.getJdbcMapping());
            if (attribute != null && !identity.stands(column)) {
                requireOneForm(attribute, Use.GROUPING, place);
            }
        }
    }

    /** A selection's own {@code accept} leads past {@link #visitSqlSelection}. */
    @Override
    public void visitSelectClause(SelectClause clause) {
        clause.getSqlSelections().forEach(this::visitSqlSelection);
    }

    @Override
    public void visitSqlSelection(SqlSelection selection) {
        Expression expression = selection.getExpression();
        EncryptedAttribute attribute = Encryption.ofColumn(expression);
        if (attribute == null) {
            within(use() == Use.RESULT ? Use.EXPRESSION : use(), where(), () -> expression.accept(this));
        } else if (use() == Use.RESULT) {
            require(attribute, Use.RESULT, where());
        } else {
            require(attribute, Use.SUBQUERY, where());
        }
    }

    @Override
    public void visitSortSpecification(SortSpecification sort) {
        within(Use.SORT, "order by", () -> super.visitSortSpecification(sort));
    }

    // From

    @Override
    public void visitTableGroupJoin(TableGroupJoin join) {
        within(Use.EXPRESSION, "join", () -> super.visitTableGroupJoin(join));
    }

    @Override
    public void visitTableReferenceJoin(TableReferenceJoin join) {
        within(Use.EXPRESSION, "join", () -> super.visitTableReferenceJoin(join));
    }

    @Override
    public void visitQueryPartTableReference(QueryPartTableReference table) {
        within(Use.RESULT, "select", () -> super.visitQueryPartTableReference(table));
    }

    @Override
    public void visitFunctionTableReference(FunctionTableReference table) {
        within(Use.EXPRESSION, "function in from", () -> super.visitFunctionTableReference(table));
    }
}
