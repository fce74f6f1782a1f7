package io.cipherfield.hibernate.internal.collection;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedUserType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/**
 * The condition that finds the rows of one entry of a collection. An encrypted column is compared with every form in which it may
 * hold the value, in one statement, so that a row that is re-encrypted meanwhile is found as well. As in Hibernate's own statements,
 * columns that may be null are left out.
 */
final class RowAddress {

    private final SharedSessionContractImplementor session;
    private final List<String> conditions = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();

    /** @param type null of a stored form, which goes to JDBC as it is */
    private record Parameter(Object value, @Nullable JdbcMapping type) {}

    RowAddress(SharedSessionContractImplementor session) {
        this.session = session;
    }

    /** @return this */
    RowAddress where(ModelPart part, Object value) {
        part.decompose(value, (index, stored, column) -> column(column, stored), session);
        return this;
    }

    /** @return this */
    RowAddress where(@Nullable String condition) {
        if (condition != null) {
            conditions.add(condition);
        }
        return this;
    }

    private void column(SelectableMapping column, @Nullable Object stored) {
        if (column.isFormula() || column.isNullable()) {
            return;
        }
        String name = column.getSelectionExpression();
        JdbcMapping type = column.getJdbcMapping();
        EncryptedAttribute attribute = EncryptedUserType.attributeOf(type);
        if (stored == null) {
            conditions.add(name + " is null");
        } else if (attribute == null) {
            conditions.add(name + "=?");
            parameters.add(new Parameter(stored, type));
        } else {
            List<Object> forms = attribute.storedForms(Objects.requireNonNull(type.convertToDomainValue(stored)));
            conditions.add(name + " in (" + String.join(",", Collections.nCopies(forms.size(), "?")) + ")");
            forms.forEach(form -> parameters.add(new Parameter(form, null)));
        }
    }

    String sql() {
        return String.join(" and ", conditions);
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            bind(statement, i + 1, parameters.get(i));
        }
    }

    @SuppressWarnings("unchecked")
    private void bind(PreparedStatement statement, int index, Parameter parameter) throws SQLException {
        if (parameter.type() != null) {
            parameter.type().getJdbcValueBinder().bind(statement, parameter.value(), index, session);
        } else if (parameter.value() instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setString(index, (String) parameter.value());
        }
    }
}
