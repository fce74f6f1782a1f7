package io.cipherfield.hibernate.internal.query;

import static io.cipherfield.hibernate.internal.query.Kind.Encryption.DETERMINISTIC;
import static io.cipherfield.hibernate.internal.query.Kind.Encryption.OTHER_LEGACY;
import static io.cipherfield.hibernate.internal.query.Kind.Encryption.RANDOMISED;
import static io.cipherfield.hibernate.internal.query.Kind.Encryption.SEARCHABLE_LEGACY;
import static io.cipherfield.hibernate.internal.query.Kind.Place.ATTRIBUTE;
import static io.cipherfield.hibernate.internal.query.Kind.Place.COLLECTION;
import static io.cipherfield.hibernate.internal.query.Kind.Place.EMBEDDABLE;
import static io.cipherfield.hibernate.internal.query.Kind.Place.MAP_KEY;
import static io.cipherfield.hibernate.internal.query.Kind.Place.SUBCLASS;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;

/** A kind of attribute, which each statement of the matrix is run over. Its tags are what exceptions in a row go by. */
enum Kind {
    TEXT(RANDOMISED, ATTRIBUTE, "text", "one", "two", "String", "TEXT"),
    BINARY(RANDOMISED, ATTRIBUTE, "bytesOfText", "one", "two", "String", "BINARY"),
    NUMBER(RANDOMISED, ATTRIBUTE, "number", 1, 2, "Integer", "BINARY"),
    DECIMAL(RANDOMISED, ATTRIBUTE, "decimal", new BigDecimal("1.50"), new BigDecimal("2.50"), "BigDecimal", "TEXT"),
    DATE(RANDOMISED, ATTRIBUTE, "date", LocalDate.of(2001, 2, 3), LocalDate.of(2002, 3, 4), "LocalDate", "BINARY"),
    FLAG(RANDOMISED, ATTRIBUTE, "flag", true, false, "Boolean", "TEXT"),
    MOOD(RANDOMISED, ATTRIBUTE, "mood", MatrixModel.Mood.CALM, MatrixModel.Mood.TENSE, "enum", "BINARY"),
    BYTES(RANDOMISED, ATTRIBUTE, "bytes", new byte[] {1}, new byte[] {2}, "byte[]", "BINARY"),
    JSON(RANDOMISED, ATTRIBUTE, "json", new MatrixModel.Note("one", 1), new MatrixModel.Note("two", 2), "JSON", "TEXT"),
    EMBEDDED(RANDOMISED, EMBEDDABLE, "address.street", "one", "two", "String", "TEXT"),
    JOINED(RANDOMISED, SUBCLASS, "code", "one", "two", "String", "TEXT", "joined"),
    ELEMENT(RANDOMISED, COLLECTION, "notes", "one", "two", "String", "TEXT", "collection", "List"),
    MAP_VALUE(RANDOMISED, COLLECTION, "labels", "one", "two", "String", "TEXT", "collection", "Map"),
    TEXT_D(DETERMINISTIC, ATTRIBUTE, "tax", "one", "two", "String", "TEXT"),
    BINARY_D(DETERMINISTIC, ATTRIBUTE, "bytesOfTax", "one", "two", "String", "BINARY"),
    NUMBER_D(DETERMINISTIC, ATTRIBUTE, "points", 1, 2, "Integer", "TEXT"),
    LONG_D(DETERMINISTIC, ATTRIBUTE, "account", 1L, 2L, "Long", "BINARY"),
    DATE_D(DETERMINISTIC, ATTRIBUTE, "born", LocalDate.of(2001, 2, 3), LocalDate.of(2002, 3, 4), "LocalDate", "BINARY"),
    MOOD_D(DETERMINISTIC, ATTRIBUTE, "temper", MatrixModel.Mood.CALM, MatrixModel.Mood.TENSE, "enum", "BINARY"),
    EMBEDDED_D(DETERMINISTIC, EMBEDDABLE, "address.zip", "one", "two", "String", "TEXT"),
    JOINED_D(DETERMINISTIC, SUBCLASS, "number", "one", "two", "String", "TEXT", "joined"),
    ELEMENT_D(DETERMINISTIC, COLLECTION, "tags", "one", "two", "String", "TEXT", "collection", "Set"),
    KEY_D(DETERMINISTIC, MAP_KEY, "owners", "one", "two", "String", "TEXT", "collection", "key"),
    TEXT_S(SEARCHABLE_LEGACY, ATTRIBUTE, "fixedTax", "one", "two", "String", "TEXT"),
    NUMBER_S(SEARCHABLE_LEGACY, ATTRIBUTE, "fixedPoints", 1, 2, "Integer", "TEXT"),
    TEXT_U(OTHER_LEGACY, ATTRIBUTE, "encTax", "one", "two", "String", "TEXT");

    enum Encryption {
        RANDOMISED,
        DETERMINISTIC,
        /** Deterministic, with rows in a format of another system that can be looked for: as while there are two keys. */
        SEARCHABLE_LEGACY,
        /** Deterministic, with rows in a format that cannot: as if it were randomised. */
        OTHER_LEGACY
    }

    enum Place {
        ATTRIBUTE,
        EMBEDDABLE,
        SUBCLASS,
        COLLECTION,
        MAP_KEY
    }

    final Encryption encryption;
    final Object value;
    final Object other;
    private final Place place;
    private final String attribute;
    private final Set<String> tags;

    Kind(Encryption encryption, Place place, String attribute, Object value, Object other, String... tags) {
        this.encryption = encryption;
        this.place = place;
        this.attribute = attribute;
        this.value = value;
        this.other = other;
        this.tags = Set.of(tags);
    }

    boolean is(String tag) {
        return tags.contains(tag);
    }

    static boolean isTag(String word) {
        return Arrays.stream(values()).anyMatch(kind -> kind.is(word));
    }

    String entity() {
        return place == SUBCLASS ? "Branch" : "Sample";
    }

    private boolean collection() {
        return place == COLLECTION || place == MAP_KEY;
    }

    void set(MatrixModel.Row row, Object newValue) {
        row.set(attribute, newValue, place == MAP_KEY);
        row.set(attribute + "Twin", newValue, place == MAP_KEY);
    }

    /** What an error calls the attribute. */
    String label() {
        return place == EMBEDDABLE ? attribute.replace("address", "Address") : entity() + "." + attribute;
    }

    /** The statement over the encrypted attribute. */
    String encrypted(String statement) {
        return over(statement, attribute);
    }

    /** The same statement over the attribute's unencrypted twin. */
    String twin(String statement) {
        return over(statement, attribute + "Twin");
    }

    private String over(String statement, String name) {
        String join = collection() ? " join %s." + name + " %s" : "";
        String element = place == MAP_KEY ? "key(%s)" : "%s";
        String elements = place == MAP_KEY ? "indices(" : "elements(";
        return statement
                .replace("{from}", entity() + " e" + join.formatted("e", "x"))
                .replace("{from2}", entity() + " f" + join.formatted("f", "y"))
                .replace("{a}", collection() ? element.formatted("x") : "e." + name)
                .replace("{b}", collection() ? element.formatted("y") : "f." + name)
                .replace("{on}", collection() ? entity() + " f join f." + name + " y" : entity() + " f")
                .replace("elements({all}", elements + "{all}")
                .replace("maxelement({all}", (place == MAP_KEY ? "maxindex(" : "maxelement(") + "{all}")
                .replace("{all}", "e." + name)
                .replace("{index}", is("Map") || is("key") ? "key(x)" : "index(x)")
                .replace("{set}", name)
                .replace("{plain}", collection() ? "e.name" : "e." + attribute + "Twin")
                .replace("{twin}", attribute + "Twin")
                .replace("{E}", entity());
    }
}
