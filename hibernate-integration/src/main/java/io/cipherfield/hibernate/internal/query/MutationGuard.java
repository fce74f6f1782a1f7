package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.Storage;
import java.util.List;
import org.hibernate.sql.ast.spi.SqlSelection;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.ast.tree.delete.DeleteStatement;
import org.hibernate.sql.ast.tree.expression.ColumnReference;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.insert.ConflictClause;
import org.hibernate.sql.ast.tree.insert.InsertSelectStatement;
import org.hibernate.sql.ast.tree.insert.Values;
import org.hibernate.sql.ast.tree.select.QueryGroup;
import org.hibernate.sql.ast.tree.select.QueryPart;
import org.hibernate.sql.ast.tree.select.QuerySpec;
import org.hibernate.sql.ast.tree.update.Assignment;
import org.hibernate.sql.ast.tree.update.UpdateStatement;
import org.jspecify.annotations.Nullable;

/** The guard for statements that write. Hibernate's walker skips the from clauses and {@code on conflict}. */
final class MutationGuard extends QueryGuard {

    /** H2 takes the parameters of such a merge for text, and replaces bytes that are none. */
    static void refuseMergeOfBytes(Statement statement) {
        if (statement instanceof InsertSelectStatement insert
                && insert.getConflictClause() != null
                && !insert.getConflictClause().isDoNothing()) {
            for (ColumnReference target : insert.getTargetColumns()) {
                EncryptedAttribute attribute = Encryption.of(target.getJdbcMapping());
                if (attribute != null && attribute.storage() == Storage.BINARY) {
                    throw Refusal.mergedByH2(attribute);
                }
            }
        }
    }

    @Override
    public void visitUpdateStatement(UpdateStatement statement) {
        visitCtes(statement);
        if (statement.getFromClause() != null) {
            statement.getFromClause().accept(this);
        }
        statement.getAssignments().forEach(assignment -> assignment.accept(this));
        visitCondition(statement.getRestriction(), "where");
    }

    @Override
    public void visitDeleteStatement(DeleteStatement statement) {
        visitCtes(statement);
        if (statement.getFromClause() != null) {
            statement.getFromClause().accept(this);
        }
        visitCondition(statement.getRestriction(), "where");
    }

    @Override
    public void visitAssignment(Assignment assignment) {
        Expression value = assignment.getAssignedValue();
        AssignmentGuard.check(assignment.getAssignable().getColumnReferences(), value);
        visitStored(value, "set");
    }

    @Override
    public void visitInsertStatement(InsertSelectStatement statement) {
        visitCtes(statement);
        List<ColumnReference> targets = statement.getTargetColumns();
        if (statement.getSourceSelectStatement() != null) {
            checkSelected(targets, statement.getSourceSelectStatement());
            within(
                    Use.RESULT,
                    "select",
                    () -> statement.getSourceSelectStatement().accept(this));
        }
        for (Values values : statement.getValuesList()) {
            checkRow(targets, values.getExpressions());
            values.getExpressions().forEach(value -> visitStored(value, "values"));
        }
        visitConflict(statement.getConflictClause(), targets);
    }

    private void checkSelected(List<ColumnReference> targets, QueryPart part) {
        if (part instanceof QueryGroup group) {
            group.getQueryParts().forEach(each -> checkSelected(targets, each));
        } else if (part instanceof QuerySpec spec) {
            checkRow(
                    targets,
                    spec.getSelectClause().getSqlSelections().stream()
                            .map(SqlSelection::getExpression)
                            .toList());
        }
    }

    /** A row of another length than the target cannot be matched column by column, so nothing encrypted may be in it. */
    private static void checkRow(List<ColumnReference> targets, List<Expression> values) {
        List<Expression> row = values.stream()
                .flatMap(value -> AssignmentGuard.parts(value).stream())
                .toList();
        if (row.size() != targets.size()) {
            for (ColumnReference target : targets) {
                EncryptedAttribute attribute = Encryption.of(target.getJdbcMapping());
                if (attribute != null) {
                    throw Refusal.notEncrypted(attribute);
                }
            }
        }
        for (int i = 0; i < row.size(); i++) {
            if (i < targets.size()) {
                AssignmentGuard.check(targets.get(i), row.get(i));
            }
        }
    }

    private void visitConflict(@Nullable ConflictClause conflict, List<ColumnReference> targets) {
        if (conflict == null) {
            return;
        }
        for (ColumnReference target : targets) {
            EncryptedAttribute attribute = Encryption.of(target.getJdbcMapping());
            if (attribute != null && conflict.getConstraintColumnNames().contains(target.getColumnExpression())) {
                require(attribute, Use.EQUALITY, "on conflict");
                requireOnlyForm(attribute);
            } else if (attribute != null
                    && attribute.deterministic()
                    && conflict.getConstraintColumnNames().isEmpty()) {
                requireOnlyForm(attribute);
            }
        }
        conflict.getAssignments().forEach(assignment -> assignment.accept(this));
        visitCondition(conflict.getPredicate(), "on conflict");
    }

    /** The database finds the row to update by the stored form that it is given, and would insert a second row beside another form. */
    private static void requireOnlyForm(EncryptedAttribute attribute) {
        if (attribute.hasSeveralForms()) {
            throw Refusal.conflictByOneForm(attribute);
        }
    }

    /** The column itself was checked against its target; inside anything else it is refused. */
    private void visitStored(Expression value, String place) {
        if (Encryption.ofColumn(value) == null) {
            within(Use.EXPRESSION, place, () -> value.accept(this));
        }
    }
}
