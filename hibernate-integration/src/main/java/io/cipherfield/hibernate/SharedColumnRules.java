package io.cipherfield.hibernate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.IdentifierCollection;
import org.hibernate.mapping.IndexedCollection;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Selectable;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.UnionSubclass;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted column belongs to encrypted attributes alone. Whatever else maps it, if only to read it, could be assigned in a
 * statement and write its value there in clear, and would read ciphertext.
 */
final class SharedColumnRules {

    private static final Pattern QUOTES = Pattern.compile("[\"`\\[\\]]");

    /** By table and column, without schema, letter case or quotes, whose meaning differs between databases. */
    private final Map<String, List<Use>> encrypted = new LinkedHashMap<>();

    private final Map<String, List<Use>> plain = new LinkedHashMap<>();

    /** A column by the name of what maps it. */
    private record Use(String name, String column, Table table) {

        boolean mayBeSame(Use other) {
            return mayBeSame(table.getSchema(), other.table.getSchema())
                    && mayBeSame(table.getCatalog(), other.table.getCatalog());
        }

        /** The default one, which has no name here, may have any. */
        private static boolean mayBeSame(@Nullable String one, @Nullable String other) {
            return one == null || other == null || one.equalsIgnoreCase(other);
        }
    }

    private SharedColumnRules() {}

    static void check(Metadata metadata) {
        SharedColumnRules rules = new SharedColumnRules();
        metadata.getEntityBindings().forEach(rules::entity);
        metadata.getCollectionBindings().forEach(rules::collection);
        rules.encrypted.forEach((column, attributes) -> {
            List<Use> others = rules.plain.getOrDefault(column, List.of());
            attributes.forEach(attribute ->
                    others.stream().filter(attribute::mayBeSame).forEach(other -> refuse(attribute, other)));
        });
    }

    private static void refuse(Use attribute, Use other) {
        throw Refusal.of(
                attribute.name(),
                "its column " + attribute.column() + " is also that of " + other.name()
                        + ", which is not encrypted: what is written by that name would stand in the table in clear,"
                        + " and what is read by it would be ciphertext",
                "Give each a column of its own, or leave the other out,"
                        + " or put @Encrypted with the same context on both."
                        + " If they are two tables of one name, name the schema of each.");
    }

    private void entity(PersistentClass entity) {
        String name = entity.getEntityName();
        Table table = entity.getTable();
        value(name + " (identifier)", entity.getKey(), table);
        value(name + " (discriminator)", entity.getDiscriminator(), null);
        softDelete(name, entity.getRootClass().getSoftDeleteColumn(), entity.getRootTable());
        for (Join join : entity.getJoins()) {
            value(name + " (identifier)", join.getKey(), join.getTable());
        }
        for (Property property : entity.getProperties()) {
            value(name + "." + property.getName(), property.getValue(), null);
        }
        // A table per class: inherited columns are in this table too, but their values name the superclass's.
        if (entity instanceof UnionSubclass) {
            for (PersistentClass type = entity.getSuperclass(); type != null; type = type.getSuperclass()) {
                for (Property property : type.getProperties()) {
                    boolean inherited =
                            type.getTable().equals(property.getValue().getTable());
                    value(name + "." + property.getName(), property.getValue(), inherited ? table : null);
                }
            }
        }
    }

    private void collection(Collection collection) {
        String role = collection.getRole();
        value(role + " (foreign key)", collection.getKey(), collection.getCollectionTable());
        value(role, collection.getElement(), null);
        if (collection instanceof IndexedCollection indexed) {
            value(role + " (key)", indexed.getIndex(), null);
        } else if (collection instanceof IdentifierCollection identified) {
            value(role + " (identifier)", identified.getIdentifier(), null);
        }
        softDelete(role, collection.getSoftDeleteColumn(), collection.getCollectionTable());
    }

    /** @param in the table if the value itself may name another or none */
    private void value(String name, @Nullable Value value, @Nullable Table in) {
        if (value == null || value instanceof Collection) {
            return;
        }
        if (value instanceof Component component) {
            component(name, component, in);
            return;
        }
        Table table = in == null ? value.getTable() : in;
        Map<String, List<Use>> names = MappingWalk.encrypted(value) == null ? plain : encrypted;
        for (Selectable selectable : value.getSelectables()) {
            if (selectable instanceof Column column) {
                add(names, name, table, column);
            }
        }
    }

    private void component(String name, Component component, @Nullable Table in) {
        if (component.getAggregateColumn() != null) {
            add(plain, name, in == null ? component.getTable() : in, component.getAggregateColumn());
            return;
        }
        value(name + " (discriminator)", component.getDiscriminator(), in);
        for (Property property : component.getProperties()) {
            value(name + "." + property.getName(), property.getValue(), in);
        }
    }

    private void softDelete(String name, @Nullable Column column, Table table) {
        if (column != null) {
            add(plain, name + " (@SoftDelete)", table, column);
        }
    }

    private static void add(Map<String, List<Use>> uses, String name, @Nullable Table table, Column column) {
        if (table != null && table.isPhysicalTable() && !table.isAbstract()) {
            String qualified = table.getName() + "." + column.getName();
            uses.computeIfAbsent(
                            QUOTES.matcher(qualified).replaceAll("").toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(new Use(name, qualified, table));
        }
    }
}
