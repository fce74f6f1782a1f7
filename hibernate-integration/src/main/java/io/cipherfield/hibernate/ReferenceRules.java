package io.cipherfield.hibernate;

import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Selectable;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.ToOne;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/** What other parts of the mapping may not do with an encrypted column: refer to it, or order by it. */
final class ReferenceRules {

    private static final Pattern NOT_A_NAME = Pattern.compile("[^\\w$.]+");

    private final Metadata metadata;
    private final List<MappedAttribute> attributes;

    private ReferenceRules(Metadata metadata, List<MappedAttribute> attributes) {
        this.metadata = metadata;
        this.attributes = attributes;
    }

    static void check(Metadata metadata, List<MappedAttribute> attributes) {
        ReferenceRules rules = new ReferenceRules(metadata, attributes);
        rules.foreignKeys();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            entity.getProperties().forEach(property -> rules.property(property.getValue()));
        }
        metadata.getCollectionBindings().forEach(rules::collection);
    }

    private void foreignKeys() {
        for (MappedAttribute mapped : attributes) {
            Table table = mapped.value().getTable();
            for (Column column : mapped.value().getColumns()) {
                for (ForeignKey key : table.getForeignKeys().values()) {
                    if (key.containsColumn(column)) {
                        throw refuseReference(mapped, table);
                    }
                }
            }
        }
    }

    private void property(Value value) {
        if (value instanceof Component component) {
            component.getProperties().forEach(property -> property(property.getValue()));
        } else if (value instanceof ToOne toOne && toOne.getReferencedPropertyName() != null) {
            reference(toOne.getReferencedEntityName(), toOne.getReferencedPropertyName(), toOne.getTable());
        }
    }

    private void collection(Collection collection) {
        if (collection.getReferencedPropertyName() != null) {
            reference(
                    collection.getOwnerEntityName(),
                    collection.getReferencedPropertyName(),
                    collection.getCollectionTable());
        }
        property(collection.getElement());
        order(collection, collection.getOrderBy());
        order(collection, collection.getManyToManyOrdering());
        if (collection.isIndexed() && !collection.isMap() && collection instanceof org.hibernate.mapping.List list) {
            for (Selectable selectable : list.getIndex().getSelectables()) {
                for (MappedAttribute mapped : attributes) {
                    if (selectable instanceof Column column
                            && mapped.value().getTable().equals(list.getIndex().getTable())
                            && mapped.value().getColumns().contains(column)) {
                        throw refuseOrder(mapped, collection);
                    }
                }
            }
        }
    }

    private void reference(String entityName, String propertyName, Table from) {
        Property referenced = metadata.getEntityBinding(entityName).getReferencedProperty(propertyName);
        List<Selectable> selectables = referenced.getValue().getSelectables();
        for (MappedAttribute mapped : attributes) {
            if (mapped.value().getTable().equals(referenced.getValue().getTable())
                    && mapped.value().getColumns().stream().anyMatch(selectables::contains)) {
                throw refuseReference(mapped, from);
            }
        }
    }

    /** The order's words are properties' paths or columns' names, or stand for the element itself. */
    private void order(Collection collection, @Nullable String clause) {
        if (clause == null) {
            return;
        }
        for (String word : NOT_A_NAME.split(clause)) {
            for (MappedAttribute mapped : attributes) {
                if (belongsTo(mapped, collection) && isNamed(mapped, word)) {
                    throw refuseOrder(mapped, collection);
                }
            }
        }
    }

    private boolean belongsTo(MappedAttribute mapped, Collection collection) {
        Value element = collection.getElement();
        String entity = element instanceof OneToMany oneToMany
                ? oneToMany.getReferencedEntityName()
                : element instanceof ToOne toOne ? toOne.getReferencedEntityName() : null;
        if (entity == null) {
            return mapped.value().getTable().equals(collection.getCollectionTable());
        }
        for (PersistentClass type = metadata.getEntityBinding(entity); type != null; type = type.getSuperclass()) {
            if (type.equals(mapped.owner())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(MappedAttribute mapped, String word) {
        if (word.equals("$element$") && mapped.place() == MappedAttribute.Place.ELEMENT) {
            return true;
        }
        String last = word.substring(word.lastIndexOf('.') + 1);
        String path = mapped.path();
        return path.equals(word)
                || path.endsWith("." + word)
                || mapped.value().getColumns().stream()
                        .anyMatch(column -> column.getName().equalsIgnoreCase(last));
    }

    private static RuntimeException refuseReference(MappedAttribute mapped, Table from) {
        return Refusal.of(
                mapped.name(),
                "a foreign key of the table " + from.getName()
                        + " refers to its column or is part of it, and equal values have different ciphertexts",
                "Let the association refer to the primary key.");
    }

    private static RuntimeException refuseOrder(MappedAttribute mapped, Collection collection) {
        return Refusal.of(
                mapped.name(),
                "the collection " + collection.getRole()
                        + " is ordered by it, and the database would order by the ciphertext, that is, by nothing",
                "Order by another attribute, or sort in Java after loading.");
    }
}
