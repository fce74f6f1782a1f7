package io.cipherfield.hibernate.internal.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.sql.ast.tree.expression.ColumnReference;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.expression.SqlTuple;
import org.hibernate.sql.ast.tree.expression.SqlTupleContainer;
import org.hibernate.sql.ast.tree.from.FromClause;
import org.hibernate.sql.ast.tree.from.TableGroup;
import org.hibernate.type.SetType;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the identifier stands beside an encrypted column in {@code select distinct} or {@code group by}. Then the
 * identifier alone decides which rows fall together, and one row has one ciphertext: {@code select distinct p from Patient p}
 * is right.
 */
final class RowIdentity {

    private final List<ColumnReference> columns = new ArrayList<>();
    private final FromClause from;

    RowIdentity(FromClause from, List<Expression> row) {
        this.from = from;
        row.forEach(this::add);
    }

    private void add(Expression expression) {
        SqlTuple tuple = SqlTupleContainer.getSqlTuple(expression);
        if (tuple != null) {
            tuple.getExpressions().forEach(this::add);
        } else if (expression.getColumnReference() != null) {
            columns.add(expression.getColumnReference());
        }
    }

    List<ColumnReference> columns() {
        return columns;
    }

    boolean stands(ColumnReference encrypted) {
        List<TableGroup> groups = new ArrayList<>();
        from.getRoots().forEach(root -> collect(root, groups::add));
        return groups.stream()
                .anyMatch(group ->
                        identifies(group, encrypted.getQualifier()) || isFetchedRow(group, encrypted.getQualifier()));
    }

    /**
     * A fetched collection's row is told from others by its owner and its index, or, in a Set, whose elements all differ, by itself.
     * An element that the table should hold under two keys comes twice, and the Set takes it once.
     */
    private boolean isFetchedRow(TableGroup group, @Nullable String qualifier) {
        if (qualifier == null
                || !group.isFetched()
                || !(group.getModelPart() instanceof PluralAttributeMapping collection)
                || !aliases(group).contains(qualifier)) {
            return false;
        }
        List<String> address = new ArrayList<>();
        collection
                .getKeyDescriptor()
                .getKeyPart()
                .forEachSelectable((i, selectable) -> address.add(selectable.getSelectionExpression()));
        if (collection.getIndexDescriptor() != null) {
            collection
                    .getIndexDescriptor()
                    .forEachSelectable((i, selectable) -> address.add(selectable.getSelectionExpression()));
        } else if (!(collection.getCollectionDescriptor().getCollectionType() instanceof SetType)) {
            return false;
        }
        return areSelected(address, aliases(group));
    }

    private boolean identifies(TableGroup group, @Nullable String qualifier) {
        Set<String> aliases = aliases(group);
        EntityValuedModelPart entity = entity(group);
        if (qualifier == null || !aliases.contains(qualifier) || entity == null) {
            return false;
        }
        List<String> identifier = new ArrayList<>();
        entity.getEntityMappingType()
                .getIdentifierMapping()
                .forEachSelectable((i, selectable) -> identifier.add(selectable.getSelectionExpression()));
        return areSelected(identifier, aliases);
    }

    private static Set<String> aliases(TableGroup group) {
        Set<String> aliases = new HashSet<>();
        aliases.add(group.getPrimaryTableReference().getIdentificationVariable());
        group.getTableReferenceJoins()
                .forEach(join -> aliases.add(join.getJoinedTableReference().getIdentificationVariable()));
        return aliases;
    }

    private boolean areSelected(List<String> names, Set<String> aliases) {
        return names.stream()
                .allMatch(name -> columns.stream()
                        .anyMatch(column ->
                                name.equals(column.getColumnExpression()) && aliases.contains(column.getQualifier())));
    }

    private static @Nullable EntityValuedModelPart entity(TableGroup group) {
        ModelPart part = group.getModelPart() instanceof PluralAttributeMapping collection
                ? collection.getElementDescriptor()
                : group.getModelPart();
        return part instanceof EntityValuedModelPart entity ? entity : null;
    }

    private static void collect(TableGroup group, Consumer<TableGroup> groups) {
        if (group.isInitialized()) {
            groups.accept(group);
            group.getTableGroupJoins().forEach(join -> collect(join.getJoinedGroup(), groups));
            group.getNestedTableGroupJoins().forEach(join -> collect(join.getJoinedGroup(), groups));
        }
    }
}
