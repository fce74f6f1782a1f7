package io.cipherfield.hibernate;

import io.cipherfield.legacy.LegacyReader;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.engine.OptimisticLockStyle;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.UniqueKey;

/** What may not be asked of an attribute whose ciphertext is another one each time it is written. */
final class MappingRules {

    private static final Pattern WRITTEN_BY_DATABASE =
            Pattern.compile("\\b(default(?!\\s+null)|generated|on\\s+update)\\b", Pattern.CASE_INSENSITIVE);

    private MappingRules() {}

    static void check(MappedAttribute mapped) {
        place(mapped);
        legacy(mapped);
        boolean randomised = !mapped.attribute().deterministic();
        if (randomised && mapped.property().isNaturalIdentifier()) {
            throw refuse(
                    mapped,
                    "it is a @NaturalId, and rows could not be found by a value that is encrypted differently each time",
                    "Leave @NaturalId out, or say @Encrypted(deterministic = true).");
        }
        if (mapped.value().hasFormula()) {
            throw refuse(mapped, "the database computes it from a @Formula", "Leave @Encrypted out.");
        }
        OptimisticLockStyle style = mapped.owner().getRootClass().getOptimisticLockStyle();
        if ((style == OptimisticLockStyle.ALL || style == OptimisticLockStyle.DIRTY)
                && mapped.place() == MappedAttribute.Place.ENTITY
                && mapped.property().isOptimisticLocked()) {
            throw refuse(
                    mapped,
                    "its entity has @OptimisticLocking(" + style
                            + "), and every update would look for the old value's ciphertext in vain",
                    "Use @Version, or exclude the attribute by @OptimisticLock(excluded = true).");
        }
        mapped.value().getColumns().forEach(column -> column(mapped, column));
    }

    private static void place(MappedAttribute mapped) {
        switch (mapped.place()) {
            case IDENTIFIER -> identifier(mapped);
            case VERSION ->
                throw refuse(
                        mapped,
                        "it is the @Version, and every update would look for its ciphertext in vain",
                        "Leave @Encrypted out: a version tells nothing.");
            case SET_ELEMENT -> {
                refuseRandomised(
                        mapped,
                        "it is an element of a Set or a part of one, whose rows are found by their values: a removed element would stay in the table",
                        "use a List");
                refuseArray(mapped, "an element of a Set");
            }
            case MAP_KEY -> {
                refuseRandomised(
                        mapped,
                        "it is the key of a Map or a part of one, by which its rows are found: a changed or removed entry would stay in the table",
                        "use a List of embeddables");
                refuseArray(mapped, "the key of a Map");
            }
            case ENTITY, ELEMENT -> {}
        }
    }

    /** Also of readers whose values can be searched: such a row would be another one than that of the same value under a key. */
    private static void legacy(MappedAttribute mapped) {
        List<LegacyReader> readers = mapped.attribute().legacyReaders();
        String found = mapped.property().isNaturalIdentifier()
                ? "it is a @NaturalId"
                : switch (mapped.place()) {
                    case SET_ELEMENT -> "it is an element of a Set or a part of one";
                    case MAP_KEY -> "it is the key of a Map or a part of one";
                    case IDENTIFIER -> "Envers makes it a part of its audit table's primary key";
                    case ENTITY, VERSION, ELEMENT -> null;
                };
        if (found != null && !readers.isEmpty()) {
            throw refuse(
                    mapped,
                    found + ", by which rows are found, and values of the legacy reader "
                            + readers.get(0).name() + " could not be found by it",
                    "Map it as an attribute of its own or a List until the re-encryption job has rewritten them"
                            + (mapped.place() == MappedAttribute.Place.IDENTIFIER
                                    ? ", and put @NotAudited on the collection."
                                    : "."));
        }
    }

    /** Envers makes a collection's values a part of its audit table's primary key, and only ever adds rows there. */
    private static void identifier(MappedAttribute mapped) {
        boolean auditTable = mapped.owner().getClassName() == null;
        if (auditTable && !mapped.attribute().deterministic()) {
            throw refuse(
                    mapped,
                    "its collection is audited, and the value would be a part of the audit table's primary key, by which Envers"
                            + " finds rows in vain if equal values have different ciphertexts",
                    "Say @Encrypted(deterministic = true), if it may show which values are equal, or put @NotAudited on the"
                            + " collection.");
        }
        if (auditTable && mapped.attribute().hasSeveralForms() && AuditStrategy.closesRows(mapped.value())) {
            throw refuse(
                    mapped,
                    "its collection is audited with the ValidityAuditStrategy, which could not close the rows that hold a value"
                            + " under another key of the ring, in another context, or in clear, than new rows get",
                    "Use the DefaultAuditStrategy (org.hibernate.envers.audit_strategy), or put @NotAudited on the collection, while"
                            + " there are several keys or formerContexts, or plaintext is allowed.");
        }
        if (!auditTable) {
            throw refuse(
                    mapped,
                    "it is an identifier or a part of one, and rows could not be found by a value that is encrypted differently each time",
                    "Use another identifier, a generated one say, and keep this value in an attribute of its own.");
        }
    }

    private static void refuseRandomised(MappedAttribute mapped, String reason, String otherwise) {
        if (!mapped.attribute().deterministic()) {
            throw refuse(
                    mapped,
                    reason,
                    "Say @Encrypted(deterministic = true), if it may show which values are equal, or " + otherwise
                            + ".");
        }
    }

    private static void refuseArray(MappedAttribute mapped, String place) {
        if (mapped.attribute().javaType().isArray()) {
            throw refuse(
                    mapped,
                    "an array is never equal to another one, so that as " + place + " nobody would find it",
                    "Use String, UUID or a type with an equals of its own, or a List.");
        }
    }

    private static void column(MappedAttribute mapped, Column column) {
        if (column.getCustomRead() != null || column.getCustomWrite() != null) {
            throw refuse(
                    mapped,
                    "it has a @ColumnTransformer, which would work on the ciphertext",
                    "Leave @ColumnTransformer out.");
        }
        String definition = column.getSqlType();
        if (column.getDefaultValue() != null
                || column.getGeneratedAs() != null
                || (definition != null
                        && WRITTEN_BY_DATABASE.matcher(definition).find())) {
            throw refuse(
                    mapped,
                    "the database would write a default or generated value to its column, in clear",
                    "Set the default in Java: a field's initial value, or @PrePersist.");
        }
        if (column.getCheckConstraints().stream()
                .anyMatch(check -> !check.getConstraint().equals(EncryptedColumnBinder.NO_CHECK))) {
            throw refuse(
                    mapped,
                    "its column has a check constraint, which the database would ask of the ciphertext",
                    "Check the value in Java: by Bean Validation, or in @PrePersist and @PreUpdate.");
        }
        Table table = mapped.value().getTable();
        if (!mapped.attribute().deterministic() && isUnique(column, table)) {
            throw refuse(
                    mapped,
                    "its column " + column.getName()
                            + " is unique, and equal values have different ciphertexts, so that the constraint would never hold anyone back",
                    "Leave the unique constraint out, or say @Encrypted(deterministic = true).");
        }
        if (!isRowAddress(mapped)
                && table.getPrimaryKey() != null
                && table.getPrimaryKey().containsColumn(column)) {
            throw refuse(
                    mapped,
                    "its column " + column.getName() + " is part of a primary key",
                    "Leave @Encrypted out, or give the table another key.");
        }
    }

    /** A deterministic value by which the rows of a collection are found: it belongs to the key of their table. */
    private static boolean isRowAddress(MappedAttribute mapped) {
        return switch (mapped.place()) {
            case SET_ELEMENT, MAP_KEY, IDENTIFIER -> true;
            case ENTITY, VERSION, ELEMENT -> false;
        };
    }

    private static boolean isUnique(Column column, Table table) {
        if (column.isUnique()) {
            return true;
        }
        for (UniqueKey key : table.getUniqueKeys().values()) {
            if (key.containsColumn(column)) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException refuse(MappedAttribute mapped, String reason, String alternative) {
        return Refusal.of(mapped.name(), reason, alternative);
    }
}
