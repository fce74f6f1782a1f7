package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.JdbcMappingContainer;
import org.hibernate.sql.ast.SqlAstWalker;
import org.hibernate.sql.ast.tree.expression.JdbcParameter;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.exec.spi.JdbcParameterBinder;
import org.hibernate.sql.exec.spi.JdbcParameterBinding;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;
import org.jspecify.annotations.Nullable;

/**
 * The value of another parameter in a further form, under another key say. It has no binding of its own: it looks at the other's each
 * time it is bound, so that cached plans, expanded lists and later values stay right without Hibernate knowing of it.
 */
final class FormParameter implements JdbcParameter, JdbcParameterBinder {

    private final JdbcParameter first;
    private final EncryptedAttribute attribute;
    private final int form;

    FormParameter(JdbcParameter first, EncryptedAttribute attribute, int form) {
        this.first = first;
        this.attribute = attribute;
        this.form = form;
    }

    @Override
    public JdbcMappingContainer getExpressionType() {
        return first.getExpressionType();
    }

    @Override
    public JdbcParameterBinder getParameterBinder() {
        return this;
    }

    /** Of Hibernate 7: without an identifier, each occurrence is bound. */
    public @Nullable Integer getParameterId() {
        return null;
    }

    @Override
    public void accept(SqlAstWalker walker) {
        walker.visitParameter(this);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void bindParameterValue(
            PreparedStatement statement, int position, JdbcParameterBindings bindings, ExecutionContext execution)
            throws SQLException {
        JdbcParameterBinding binding = bindings.getBinding(first);
        if (binding == null) {
            throw new IllegalStateException("No value is bound to the parameter for " + Refusal.label(attribute));
        }
        Object bound = binding.getBindValue();
        JdbcMapping type = binding.getBindType() != null
                ? binding.getBindType()
                : first.getExpressionType().getSingleJdbcMapping();
        type.getJdbcValueBinder()
                .bind(statement, bound == null ? null : attribute.form(bound, form), position, execution.getSession());
    }
}
