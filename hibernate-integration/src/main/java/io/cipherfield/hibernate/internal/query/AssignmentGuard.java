package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.List;
import java.util.Set;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.expression.ColumnReference;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.JdbcParameter;
import org.hibernate.sql.ast.tree.expression.QueryLiteral;
import org.hibernate.sql.ast.tree.expression.SqlTuple;
import org.hibernate.sql.ast.tree.expression.SqlTupleContainer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be stored where: in an encrypted column only a value that is encrypted for it, in any other column no
 * ciphertext.
 */
final class AssignmentGuard {

    private AssignmentGuard() {}

    static void check(List<ColumnReference> targets, Expression value) {
        List<Expression> parts = parts(value);
        for (int i = 0; i < targets.size(); i++) {
            check(targets.get(i), parts.size() == targets.size() ? parts.get(i) : value);
        }
    }

    /** The value of each column, in order: an embeddable value has several. */
    static List<Expression> parts(Expression value) {
        SqlTuple tuple = SqlTupleContainer.getSqlTuple(value);
        if (tuple == null) {
            return List.of(value);
        }
        return tuple.getExpressions().stream()
                .flatMap(part -> parts(part).stream())
                .toList();
    }

    static void check(ColumnReference target, SqlAstNode value) {
        EncryptedAttribute into = Encryption.of(target.getJdbcMapping());
        EncryptedAttribute from = Encryption.ofColumn(value);
        if (into == null) {
            EncryptedAttribute encryptedFor = from != null ? from : ofValue(GuardedTranslator.resolved(value));
            if (encryptedFor != null) {
                throw Refusal.ciphertextElsewhere(encryptedFor, target.getColumnExpression());
            }
        } else if (from != null ? !isCopy(from, into) : !isEncryptedFor(into, GuardedTranslator.resolved(value))) {
            throw Refusal.notEncrypted(into);
        }
    }

    private static boolean isCopy(EncryptedAttribute from, EncryptedAttribute into) {
        // Plaintext, other systems' values and what is bound to a former context may be copied with the rest, and must
        // be read as the same where they get.
        return UseRule.of(from).allows(Use.COPY)
                && Encryption.sameStoredForm(from, into)
                && (into.plaintextAllowed() || !from.plaintextAllowed())
                && Set.copyOf(into.legacyReaders()).equals(Set.copyOf(from.legacyReaders()))
                && into.formerContexts().containsAll(from.formerContexts());
    }

    private static boolean isEncryptedFor(EncryptedAttribute into, SqlAstNode value) {
        if (value instanceof QueryLiteral<?> literal && literal.getLiteralValue() == null) {
            return true;
        }
        EncryptedAttribute type = ofValue(value);
        return type != null && Encryption.sameStoredForm(type, into);
    }

    /** What the parameter or literal is encrypted for. */
    private static @Nullable EncryptedAttribute ofValue(SqlAstNode value) {
        return value instanceof JdbcParameter || value instanceof QueryLiteral
                ? Encryption.of(((Expression) value).getExpressionType())
                : null;
    }
}
