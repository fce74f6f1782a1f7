package io.cipherfield.hibernate;

import io.cipherfield.hibernate.MappedAttribute.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.KeyValue;
import org.hibernate.mapping.Map;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.RootClass;
import org.hibernate.mapping.Value;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.jspecify.annotations.Nullable;

/** Finds every encrypted attribute in the boot metadata, and every {@code @Encrypted} that Hibernate did not see. */
final class MappingWalk {

    private final List<MappedAttribute> found = new ArrayList<>();

    private MappingWalk() {}

    static List<MappedAttribute> attributes(Metadata metadata) {
        MappingWalk walk = new MappingWalk();
        metadata.getEntityBindings().forEach(walk::entity);
        return walk.found;
    }

    /** The type's attribute if the value is encrypted. */
    static @Nullable EncryptedAttribute encrypted(Value value) {
        return value instanceof BasicValue && value.getType() instanceof JdbcMapping type
                ? EncryptedUserType.attributeOf(type)
                : null;
    }

    private void entity(PersistentClass entity) {
        if (entity instanceof RootClass) {
            identifier(entity);
        }
        Names encrypted = new Names();
        for (Property property : entity.getProperties()) {
            Place place = property.equals(entity.getVersion()) ? Place.VERSION : Place.ENTITY;
            visit(entity, property.getName(), property, property.getValue(), place);
        }
        for (Property property : entity.getPropertyClosure()) {
            encrypted.add(property);
        }
        Property identifier = entity.getIdentifierProperty();
        if (identifier != null) {
            encrypted.add(identifier);
        } else if (entity.getIdentifier() instanceof Component component) {
            component.getProperties().forEach(encrypted::add);
        }
        if (entity.getClassName() != null) {
            encrypted.refuseUnseen(entity.getMappedClass());
        }
    }

    private void identifier(PersistentClass entity) {
        KeyValue identifier = entity.getIdentifier();
        Property property = entity.getIdentifierProperty();
        if (property != null) {
            visit(entity, property.getName(), property, identifier, Place.IDENTIFIER);
        } else if (identifier instanceof Component component) {
            component(entity, "", component, Place.IDENTIFIER);
        }
    }

    private void visit(PersistentClass owner, String path, Property property, Value value, Place place) {
        if (value instanceof Component component) {
            component(owner, path + ".", component, place);
        } else if (value instanceof Collection collection) {
            Place element = collection.isSet() ? Place.SET_ELEMENT : Place.ELEMENT;
            visit(owner, path, property, collection.getElement(), element);
            if (collection instanceof Map map && map.getMapKeyPropertyName() == null) {
                visit(owner, path + " (key)", property, map.getIndex(), Place.MAP_KEY);
            }
        } else {
            EncryptedAttribute attribute = encrypted(value);
            if (attribute != null) {
                found.add(new MappedAttribute(owner, path, property, (BasicValue) value, attribute, place));
            } else if (value instanceof BasicValue basic) {
                StoredWhole.refuse(owner.getEntityName() + "." + path, basic);
            }
        }
    }

    private void component(PersistentClass owner, String prefix, Component component, Place place) {
        Names encrypted = new Names();
        for (Property property : component.getProperties()) {
            visit(owner, prefix + property.getName(), property, property.getValue(), place);
            encrypted.add(property);
        }
        // An identifier of several attributes names the entity's own class, whose other attributes are not part of it.
        if (!component.isDynamic()
                && component.getComponentClassName() != null
                && !component.getComponentClassName().equals(owner.getClassName())) {
            encrypted.refuseUnseen(component.getComponentClass());
        }
        if (!encrypted.values.isEmpty() && component.getAggregateColumn() != null) {
            throw Refusal.of(
                    owner.getEntityName() + "." + prefix
                            + encrypted.values.iterator().next(),
                    "its embeddable is stored as one column, and Hibernate would write the value there in clear",
                    "Map the embeddable to columns of its own: without @Struct and @JdbcTypeCode.");
        }
    }

    /** The attributes of one class that are encrypted, and those whose keys are. */
    private static final class Names {

        private final Set<String> values = new TreeSet<>();
        private final Set<String> keys = new TreeSet<>();

        void add(Property property) {
            Value value = property.getValue();
            if (encrypted(value instanceof Collection collection ? collection.getElement() : value) != null) {
                values.add(property.getName());
            }
            if (value instanceof Map map && encrypted(map.getIndex()) != null) {
                keys.add(property.getName());
            }
        }

        void refuseUnseen(Class<?> mapped) {
            UnseenAnnotation.refuse(mapped, values, keys);
        }
    }
}
