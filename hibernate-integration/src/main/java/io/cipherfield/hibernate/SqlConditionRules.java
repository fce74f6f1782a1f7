package io.cipherfield.hibernate;

import io.cipherfield.hibernate.internal.version.FilterConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.CheckConstraint;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.ToOne;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in SQL that are a part of the mapping: the database asks them of the ciphertext, so that rows would be missing, in
 * silence. Only whether a value is null can be asked.
 */
final class SqlConditionRules {

    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    private final Metadata metadata;
    private final List<MappedAttribute> attributes;

    private SqlConditionRules(Metadata metadata, List<MappedAttribute> attributes) {
        this.metadata = metadata;
        this.attributes = attributes;
    }

    static void check(Metadata metadata, List<MappedAttribute> attributes) {
        SqlConditionRules rules = new SqlConditionRules(metadata, attributes);
        metadata.getEntityBindings().forEach(rules::entity);
        metadata.getCollectionBindings().forEach(rules::collection);
        for (MappedAttribute mapped : attributes) {
            for (CheckConstraint check : mapped.value().getTable().getChecks()) {
                rules.refuse("@Check", check.getConstraint(), List.of(mapped));
            }
        }
    }

    private void entity(PersistentClass entity) {
        List<String> filters = FilterConditions.of(entity.getFilters(), metadata);
        if (entity.getWhere() == null && filters.isEmpty()) {
            return;
        }
        List<MappedAttribute> asked = of(entity);
        refuse("@SQLRestriction", entity.getWhere(), asked);
        for (String condition : filters) {
            refuse("@Filter", condition, asked);
        }
    }

    private void collection(Collection collection) {
        List<MappedAttribute> asked = of(collection.getCollectionTable());
        asked.addAll(ofElements(collection.getElement()));
        refuse("@SQLRestriction", collection.getWhere(), asked);
        refuse("@SQLRestriction", collection.getManyToManyWhere(), asked);
        for (String condition : FilterConditions.of(collection.getFilters(), metadata)) {
            refuse("@Filter", condition, asked);
        }
        for (String condition : FilterConditions.of(collection.getManyToManyFilters(), metadata)) {
            refuse("@Filter", condition, asked);
        }
    }

    private List<MappedAttribute> ofElements(Value element) {
        String entity = element instanceof OneToMany oneToMany
                ? oneToMany.getReferencedEntityName()
                : element instanceof ToOne toOne ? toOne.getReferencedEntityName() : null;
        return entity == null ? List.of() : of(metadata.getEntityBinding(entity));
    }

    private List<MappedAttribute> of(PersistentClass entity) {
        List<MappedAttribute> found = new ArrayList<>();
        for (MappedAttribute mapped : attributes) {
            if (mapped.place() == MappedAttribute.Place.ENTITY
                    && mapped.owner().getRootClass().equals(entity.getRootClass())) {
                found.add(mapped);
            }
        }
        return found;
    }

    private List<MappedAttribute> of(Table table) {
        List<MappedAttribute> found = new ArrayList<>();
        for (MappedAttribute mapped : attributes) {
            if (mapped.value().getTable().equals(table)) {
                found.add(mapped);
            }
        }
        return found;
    }

    private void refuse(String annotation, @Nullable String condition, List<MappedAttribute> asked) {
        if (condition == null || condition.isBlank()) {
            return;
        }
        String sql = LITERAL.matcher(condition).replaceAll("''");
        for (MappedAttribute mapped : asked) {
            for (Column column : mapped.value().getColumns()) {
                if (compares(sql, column, mapped.value().getTable())) {
                    throw Refusal.of(
                            mapped.name(),
                            "a condition of a " + annotation + " compares its column " + column.getName()
                                    + ", and the database would compare the ciphertext",
                            "Let the condition ask another attribute, or only whether this one is null.");
                }
            }
        }
    }

    /** A column of another table that has the same name is told by its qualifier. */
    private static boolean compares(String sql, Column column, Table table) {
        Matcher use = Pattern.compile(
                        "(?<![\\w:.])(?:([\\w{}\"`]+)\\.)?[\"`]?\\b" + Pattern.quote(column.getName())
                                + "\\b[\"`]?(?!\\s*[.(])(?!\\s+is\\s+(?:not\\s+)?null\\b)",
                        Pattern.CASE_INSENSITIVE)
                .matcher(sql);
        while (use.find()) {
            String qualifier = use.group(1);
            if (qualifier == null || qualifier.equals("{alias}") || qualifier.equalsIgnoreCase(table.getName())) {
                return true;
            }
        }
        return false;
    }
}
