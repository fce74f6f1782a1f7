package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.List;
import java.util.Objects;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.query.sqm.ComparisonOperator;
import org.hibernate.sql.ast.spi.AbstractSqlAstWalker;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.expression.AggregateColumnWriteExpression;
import org.hibernate.sql.ast.tree.expression.AggregateFunctionExpression;
import org.hibernate.sql.ast.tree.expression.BinaryArithmeticExpression;
import org.hibernate.sql.ast.tree.expression.CaseSearchedExpression;
import org.hibernate.sql.ast.tree.expression.CaseSimpleExpression;
import org.hibernate.sql.ast.tree.expression.ColumnReference;
import org.hibernate.sql.ast.tree.expression.Distinct;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.FunctionExpression;
import org.hibernate.sql.ast.tree.expression.NestedColumnReference;
import org.hibernate.sql.ast.tree.expression.Over;
import org.hibernate.sql.ast.tree.expression.SelfRenderingExpression;
import org.hibernate.sql.ast.tree.expression.SqlSelectionExpression;
import org.hibernate.sql.ast.tree.expression.SqlTuple;
import org.hibernate.sql.ast.tree.expression.SqlTupleContainer;
import org.hibernate.sql.ast.tree.expression.UnaryOperation;
import org.hibernate.sql.ast.tree.expression.WindowFunctionExpression;
import org.hibernate.sql.ast.tree.predicate.BetweenPredicate;
import org.hibernate.sql.ast.tree.predicate.ComparisonPredicate;
import org.hibernate.sql.ast.tree.predicate.ExistsPredicate;
import org.hibernate.sql.ast.tree.predicate.InArrayPredicate;
import org.hibernate.sql.ast.tree.predicate.InListPredicate;
import org.hibernate.sql.ast.tree.predicate.InSubQueryPredicate;
import org.hibernate.sql.ast.tree.predicate.LikePredicate;
import org.hibernate.sql.ast.tree.predicate.NullnessPredicate;
import org.hibernate.sql.ast.tree.predicate.Predicate;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the uses of encrypted columns that cannot be right, inside predicates and expressions. It fails closed: whatever
 * reaches {@link #visitColumnReference} with an encrypted column is refused, and the few shapes that work handle such columns
 * before.
 */
abstract class ExpressionGuard extends AbstractSqlAstWalker {

    private Use use = Use.RESULT;
    private String where = "select";

    /** For what the part of the statement is used that is being walked. */
    final Use use() {
        return use;
    }

    /** What a person calls that part. */
    final String where() {
        return where;
    }

    final void within(Use innerUse, String innerWhere, Runnable walk) {
        Use outerUse = use;
        String outerWhere = where;
        use = innerUse;
        where = innerWhere;
        try {
            walk.run();
        } finally {
            use = outerUse;
            where = outerWhere;
        }
    }

    final void visitCondition(@Nullable Predicate predicate, String place) {
        if (predicate != null) {
            within(Use.EXPRESSION, place, () -> predicate.accept(this));
        }
    }

    static void require(EncryptedAttribute attribute, Use wanted, String place) {
        if (!UseRule.of(attribute).allows(wanted)) {
            throw Refusal.use(attribute, wanted, place);
        }
    }

    /** Where rows are compared with each other: there, equal values must have equal stored forms. */
    static void requireOneForm(EncryptedAttribute attribute, Use wanted, String place) {
        require(attribute, wanted, place);
        if (attribute.mixed()) {
            throw Refusal.mixedForms(attribute, place);
        }
    }

    /** @param complete whether the comparison names each form of the values in it */
    final void visitCompared(Expression left, Expression right, String place, boolean complete) {
        ComparedSides.check(left, right, place, complete);
        visitSide(left, place);
        visitSide(right, place);
    }

    private void visitSide(Expression side, String place) {
        if (side instanceof SelectStatement subquery) {
            within(Use.RESULT, place, () -> subquery.accept(this));
            return;
        }
        for (Expression part : AssignmentGuard.parts(side)) {
            if (Encryption.ofColumn(part) == null) {
                within(Use.EQUALITY, place, () -> part.accept(this));
            }
        }
    }

    // Columns: what no shape below has let through

    @Override
    public void visitColumnReference(ColumnReference column) {
        EncryptedAttribute attribute = Encryption.of(column.getJdbcMapping());
        if (attribute != null) {
            throw Refusal.use(attribute, use == Use.RESULT ? Use.EXPRESSION : use, where);
        }
    }

    @Override
    public void visitNestedColumnReference(NestedColumnReference column) {
        visitColumnReference(column);
    }

    @Override
    public void visitAggregateColumnWriteExpression(AggregateColumnWriteExpression document) {
        visitColumnReference(document.getAggregateColumnReference());
        for (var selectable : document.getSelectableMappings()) {
            EncryptedAttribute attribute = Encryption.of(selectable.getJdbcMapping());
            if (attribute != null) {
                throw Refusal.notEncrypted(attribute);
            }
        }
    }

    // Predicates

    @Override
    public void visitNullnessPredicate(NullnessPredicate predicate) {
        SqlTuple tuple = SqlTupleContainer.getSqlTuple(predicate.getExpression());
        List<? extends SqlAstNode> parts = tuple != null ? tuple.getExpressions() : List.of(predicate.getExpression());
        for (SqlAstNode part : parts) {
            EncryptedAttribute attribute = Encryption.ofColumn(part);
            if (attribute != null) {
                require(attribute, Use.NULL_CHECK, "is null");
            } else {
                within(Use.EXPRESSION, "is null", () -> part.accept(this));
            }
        }
    }

    @Override
    public void visitRelationalPredicate(ComparisonPredicate predicate) {
        ComparisonOperator operator = predicate.getOperator();
        boolean equality = switch (operator) {
            case EQUAL, NOT_EQUAL, DISTINCT_FROM, NOT_DISTINCT_FROM -> true;
            default -> false;
        };
        String place = operator.sqlText().trim();
        if (equality) {
            visitCompared(
                    predicate.getLeftHandExpression(),
                    predicate.getRightHandExpression(),
                    place,
                    EachForm.isComplete(predicate));
        } else {
            within(Use.ORDER, place, () -> super.visitRelationalPredicate(predicate));
        }
    }

    @Override
    public void visitInListPredicate(InListPredicate predicate) {
        for (Expression element : predicate.getListExpressions()) {
            visitCompared(predicate.getTestExpression(), element, "in", EachForm.isComplete(predicate));
        }
    }

    @Override
    public void visitInSubQueryPredicate(InSubQueryPredicate predicate) {
        visitCompared(predicate.getTestExpression(), predicate.getSubQuery(), "in", EachForm.isComplete(predicate));
    }

    @Override
    public void visitInArrayPredicate(InArrayPredicate predicate) {
        within(Use.EQUALITY, "in", () -> super.visitInArrayPredicate(predicate));
    }

    @Override
    public void visitLikePredicate(LikePredicate predicate) {
        within(Use.ORDER, "like", () -> super.visitLikePredicate(predicate));
    }

    @Override
    public void visitBetweenPredicate(BetweenPredicate predicate) {
        within(Use.ORDER, "between", () -> super.visitBetweenPredicate(predicate));
    }

    /** What an exists subquery selects is never read. */
    @Override
    public void visitExistsPredicate(ExistsPredicate predicate) {
        within(Use.RESULT, "exists", () -> super.visitExistsPredicate(predicate));
    }

    // Expressions

    /** Hibernate's own method calls itself for ever. */
    @Override
    public void visitSqlSelectionExpression(SqlSelectionExpression expression) {
        expression.getSelection().getExpression().accept(this);
    }

    @Override
    public void visitSelfRenderingExpression(SelfRenderingExpression expression) {
        if (expression instanceof FunctionExpression function) {
            visitFunction(expression, function);
        } else {
            EncryptedAttribute attribute = Encryption.of(expression.getExpressionType());
            if (attribute != null) {
                throw Refusal.use(attribute, Use.EXPRESSION, where);
            }
        }
    }

    private void visitFunction(SelfRenderingExpression expression, FunctionExpression function) {
        String name = Objects.requireNonNullElse(function.getFunctionName(), "function");
        if (expression instanceof WindowFunctionExpression window) {
            visitCondition(window.getFilter(), "filter");
        } else if (expression instanceof AggregateFunctionExpression aggregate) {
            visitCondition(aggregate.getFilter(), "filter");
        }
        if (name.equals("column")) {
            function.getArguments().forEach(this::refuseRawColumn);
        }
        if (name.equals("count") && function.getArguments().size() == 1) {
            EncryptedAttribute counted =
                    Encryption.ofColumn(function.getArguments().get(0));
            if (counted != null) {
                require(counted, Use.COUNT, "count()");
                return;
            }
            if (function.getArguments().get(0) instanceof Distinct distinct) {
                EncryptedAttribute told = Encryption.ofColumn(distinct.getExpression());
                if (told != null) {
                    requireOneForm(told, Use.GROUPING, "count(distinct)");
                    return;
                }
            }
        }
        within(Use.EXPRESSION, name + "()", () -> super.visitSelfRenderingExpression(expression));
    }

    /** {@code column(path.name)} reads any column of the path's table as it is stored, and does not tell which. */
    private void refuseRawColumn(SqlAstNode path) {
        if (path instanceof Expression expression && expression.getExpressionType() instanceof ModelPart part) {
            EntityMappingType entity = part instanceof EntityValuedModelPart valued
                    ? valued.getEntityMappingType()
                    : part.findContainingEntityMapping();
            entity.forEachAttributeMapping(mapping -> mapping.forEachSelectable((i, selectable) -> {
                EncryptedAttribute attribute = Encryption.of(selectable.getJdbcMapping());
                if (attribute != null) {
                    throw Refusal.use(attribute, Use.EXPRESSION, "column()");
                }
            }));
        }
    }

    @Override
    public void visitBinaryArithmeticExpression(BinaryArithmeticExpression expression) {
        within(Use.EXPRESSION, "arithmetic", () -> super.visitBinaryArithmeticExpression(expression));
    }

    @Override
    public void visitUnaryOperationExpression(UnaryOperation expression) {
        within(Use.EXPRESSION, "arithmetic", () -> super.visitUnaryOperationExpression(expression));
    }

    @Override
    public void visitCaseSearchedExpression(CaseSearchedExpression expression) {
        within(Use.EXPRESSION, "case", () -> super.visitCaseSearchedExpression(expression));
    }

    @Override
    public void visitCaseSimpleExpression(CaseSimpleExpression expression) {
        within(Use.EXPRESSION, "case", () -> super.visitCaseSimpleExpression(expression));
    }

    @Override
    public void visitOver(Over<?> over) {
        over.getExpression().accept(this);
        for (Expression partition : over.getPartitions()) {
            EncryptedAttribute attribute = Encryption.ofColumn(partition);
            if (attribute != null) {
                requireOneForm(attribute, Use.GROUPING, "over");
            } else {
                within(Use.GROUPING, "over", () -> partition.accept(this));
            }
        }
        over.getOrderList().forEach(sort -> sort.accept(this));
    }
}
