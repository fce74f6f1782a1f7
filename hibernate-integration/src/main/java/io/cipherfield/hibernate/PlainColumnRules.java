package io.cipherfield.hibernate;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.IndexedCollection;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Selectable;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.UnionSubclass;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * What else may be mapped to an encrypted column: nothing that is not encrypted, since plaintext would be written through it. Not even what is
 * neither insertable nor updatable, since bulk statements write that too.
 */
final class PlainColumnRules {

    private final List<Place> encrypted = new ArrayList<>();

    /** An encrypted attribute in one of its tables. */
    private record Place(MappedAttribute mapped, Table table) {}

    private PlainColumnRules(List<MappedAttribute> attributes) {
        for (MappedAttribute mapped : attributes) {
            Table table = mapped.value().getTable();
            encrypted.add(new Place(mapped, table));
            if (table.equals(mapped.owner().getTable())) {
                mapped.owner().getSubclasses().stream()
                        .filter(UnionSubclass.class::isInstance)
                        .forEach(subclass -> encrypted.add(new Place(mapped, subclass.getTable())));
            }
        }
    }

    static void check(Metadata metadata, List<MappedAttribute> attributes) {
        PlainColumnRules rules = new PlainColumnRules(attributes);
        for (PersistentClass entity : metadata.getEntityBindings()) {
            rules.value(entity.getEntityName() + " (identifier)", entity.getIdentifier());
            rules.value(entity.getEntityName() + " (discriminator)", entity.getDiscriminator());
            for (Property property : entity.getProperties()) {
                rules.value(entity.getEntityName() + "." + property.getName(), property.getValue());
            }
        }
        for (Collection collection : metadata.getCollectionBindings()) {
            rules.value(collection.getRole() + " (owner)", collection.getKey());
            rules.value(collection.getRole(), collection.getElement());
            if (collection instanceof IndexedCollection indexed) {
                rules.value(collection.getRole() + " (key)", indexed.getIndex());
            }
        }
    }

    private void value(String name, @Nullable Value value) {
        if (value instanceof Component component) {
            component.getProperties().forEach(property -> value(name + "." + property.getName(), property.getValue()));
        } else if (value != null && !(value instanceof Collection) && MappingWalk.encrypted(value) == null) {
            for (Selectable selectable : value.getSelectables()) {
                if (selectable instanceof Column column) {
                    column(name, value.getTable(), column);
                }
            }
        }
    }

    private void column(String name, Table table, Column column) {
        for (Place place : encrypted) {
            if (isSame(place.table(), table)
                    && place.mapped().value().getColumns().stream()
                            .anyMatch(other -> other.getName().equalsIgnoreCase(column.getName()))) {
                throw Refusal.of(
                        place.mapped().name(),
                        name + " is mapped to the same column " + column.getName() + " of the table " + table.getName()
                                + " without @Encrypted, and would store its values there in clear",
                        "Put the same @Encrypted with the same context on both, or leave one of them out. If they are two tables of one"
                                + " name, name the schema of each.");
            }
        }
    }

    private static boolean isSame(Table one, Table other) {
        return one.equals(other)
                || (one.getName().equalsIgnoreCase(other.getName())
                        && mayBeSame(one.getSchema(), other.getSchema())
                        && mayBeSame(one.getCatalog(), other.getCatalog()));
    }

    /** The default one may have any name. */
    private static boolean mayBeSame(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.equalsIgnoreCase(other);
    }
}
