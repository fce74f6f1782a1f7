package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedUserType;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.JdbcMappingContainer;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.expression.AggregateColumnWriteExpression;
import org.hibernate.sql.ast.tree.expression.ColumnReference;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.NestedColumnReference;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/** Finds the encrypted attribute behind a type or a node of Hibernate's SQL tree; null where there is none. */
final class Encryption {

    private Encryption() {}

    static @Nullable EncryptedAttribute of(@Nullable JdbcMapping mapping) {
        return mapping instanceof CustomType<?> custom && custom.getUserType() instanceof EncryptedUserType type
                ? type.attribute()
                : null;
    }

    static @Nullable EncryptedAttribute of(@Nullable JdbcMappingContainer type) {
        return type != null && type.getJdbcTypeCount() == 1 ? of(type.getSingleJdbcMapping()) : null;
    }

    static boolean isDeterministic(@Nullable JdbcMappingContainer type) {
        EncryptedAttribute attribute = of(type);
        return attribute != null && attribute.deterministic();
    }

    /** The attribute if the node is its column and nothing else: not a part of a document, not read as another type. */
    static @Nullable EncryptedAttribute ofColumn(SqlAstNode node) {
        if (!(node instanceof Expression expression) || node instanceof AggregateColumnWriteExpression) {
            return null;
        }
        ColumnReference column = expression.getColumnReference();
        if (column == null || column instanceof NestedColumnReference || of(expression.getExpressionType()) == null) {
            return null;
        }
        return of(column.getJdbcMapping());
    }

    /** Whether what is written for one attribute may be written for the other as well, byte for byte. */
    static boolean sameStoredForm(EncryptedAttribute one, EncryptedAttribute other) {
        return one.context().equals(other.context())
                && one.storage() == other.storage()
                && one.javaType().equals(other.javaType())
                && one.deterministic() == other.deterministic()
                && one.plaintextWritten() == other.plaintextWritten();
    }
}
