package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.EncryptedUserType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.Map;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.PrimaryKey;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.UnionSubclass;
import org.hibernate.mapping.Value;
import org.hibernate.type.CustomType;
import org.jspecify.annotations.Nullable;

/**
 * Finds every encrypted column in the boot metadata: of entities and mapped superclasses, embeddables, secondary tables,
 * subclasses of each strategy, collection tables, audit tables. The boot metadata is where all of them still stand side by side.
 */
public final class MetadataWalk {

    private final Metadata metadata;
    private final SqlStringGenerationContext sql;
    private final Dialect dialect;
    private final java.util.Map<String, EncryptedTable> tables = new LinkedHashMap<>();
    /** By qualified column, so that an inherited attribute counts once for all subclasses that list it. */
    private final java.util.Map<String, EncryptedColumn> columns = new LinkedHashMap<>();

    private MetadataWalk(Metadata metadata, SessionFactoryImplementor factory) {
        this.metadata = metadata;
        this.sql = factory.getSqlStringGenerationContext();
        this.dialect = factory.getJdbcServices().getDialect();
    }

    public static EncryptedColumns columnsOf(Metadata metadata, SessionFactoryImplementor factory) {
        MetadataWalk walk = new MetadataWalk(metadata, factory);
        metadata.getEntityBindings().forEach(walk::entity);
        metadata.getCollectionBindings().forEach(walk::collection);
        return new EncryptedColumns(List.copyOf(walk.columns.values()));
    }

    private void entity(PersistentClass entity) {
        Owner owner = new Owner(entity, null, null, List.of());
        value(owner, "id", entity.getIdentifier());
        for (Property property : entity.getProperties()) {
            value(owner, property.getName(), property.getValue());
        }
        if (entity instanceof UnionSubclass) {
            // A table per class: inherited columns are in this table too, but their values name the superclass's.
            Owner inherited = new Owner(entity, null, entity.getTable(), List.of());
            for (Property property : entity.getPropertyClosure()) {
                value(inherited, property.getName(), property.getValue());
            }
        }
    }

    private void collection(Collection collection) {
        Owner owner = new Owner(
                collection.getOwner(),
                collection.getRole(),
                collection.getCollectionTable(),
                names(collection.getKey().getColumns()));
        String path = collection
                .getRole()
                .substring(collection.getOwner().getEntityName().length() + 1);
        value(owner, path, collection.getElement());
        // A key that is an attribute of the value (@MapKey) has its column in that entity's table.
        if (collection instanceof Map map && map.getMapKeyPropertyName() == null) {
            value(owner, path + "#key", map.getIndex());
        }
    }

    private void value(Owner owner, String path, Value value) {
        if (value instanceof Component component) {
            for (Property property : component.getProperties()) {
                value(owner, path + "." + property.getName(), property.getValue());
            }
        } else if (value instanceof BasicValue basic
                && basic.resolve().getLegacyResolvedBasicType() instanceof CustomType<?> type
                && type.getUserType() instanceof EncryptedUserType encrypted) {
            Table table = owner.table() == null ? basic.getTable() : owner.table();
            if (table.isPhysicalTable() && !table.isAbstract()) {
                for (Column column : basic.getColumns()) {
                    ColumnDeclaration declared = ColumnDeclaration.of(encrypted.attribute(), basic, column, metadata);
                    add(owner, table, column, path, encrypted.attribute(), declared);
                }
            }
        }
    }

    private void add(
            Owner owner,
            Table table,
            Column column,
            String path,
            EncryptedAttribute attribute,
            ColumnDeclaration declared) {
        EncryptedTable in = tables.computeIfAbsent(
                sql.format(table.getQualifiedTableName()),
                name -> new EncryptedTable(
                        name, keyColumns(table), owner.columns(), new LinkedHashSet<>(), new LinkedHashSet<>()));
        if (owner.collectionRole() == null) {
            in.entities().add(owner.entity().getEntityName());
        } else {
            in.collections().add(owner.collectionRole());
        }
        String name = column.getQuotedName(dialect);
        EncryptedColumn found = new EncryptedColumn(
                in,
                name,
                owner.entity().getEntityName(),
                owner.entity().getClassName() == null ? null : owner.entity().getMappedClass(),
                path,
                attribute,
                declared,
                List.of());
        columns.merge(found.qualifiedName(), found, MetadataWalk::together);
    }

    /** Two attributes in one column are one if a value of the one decrypts as the other. */
    private static EncryptedColumn together(EncryptedColumn first, EncryptedColumn second) {
        List<EncryptedAttribute> rivals = new ArrayList<>(first.rivals());
        if (!first.attribute().context().equals(second.attribute().context())
                || !Set.copyOf(first.attribute().formerContexts())
                        .equals(Set.copyOf(second.attribute().formerContexts()))) {
            rivals.add(second.attribute());
        }
        return new EncryptedColumn(
                first.table(),
                first.name(),
                first.entity(),
                first.entityClass(),
                first.path(),
                first.attribute(),
                first.declared().longer(second.declared()),
                List.copyOf(rivals));
    }

    private List<String> keyColumns(Table table) {
        PrimaryKey key = table.getPrimaryKey();
        return key == null ? List.of() : names(key.getColumns());
    }

    private List<String> names(List<Column> found) {
        return found.stream().map(column -> column.getQuotedName(dialect)).toList();
    }

    /**
     * @param table overrides the table that a value names, or null
     * @param columns of a collection's table, those that refer to the owner
     */
    private record Owner(
            PersistentClass entity,
            @Nullable String collectionRole,
            @Nullable Table table,
            List<String> columns) {}
}
