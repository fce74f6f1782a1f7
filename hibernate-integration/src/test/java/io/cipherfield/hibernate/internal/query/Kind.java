package io.cipherfield.hibernate.internal.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.BiConsumer;

/** A kind of attribute: a column of the matrix. */
enum Kind {
    TEXT("text", "String, TEXT", "Sample", "text", "one", "two", (row, value) -> {
        sample(row).text = (String) value;
        sample(row).textTwin = (String) value;
    }),
    BINARY("binary", "String, BINARY", "Sample", "bytesOfText", "one", "two", (row, value) -> {
        sample(row).bytesOfText = (String) value;
        sample(row).bytesOfTextTwin = (String) value;
    }),
    NUMBER("number", "Integer", "Sample", "number", 1, 2, (row, value) -> {
        sample(row).number = (Integer) value;
        sample(row).numberTwin = (Integer) value;
    }),
    DECIMAL(
            "decimal",
            "BigDecimal",
            "Sample",
            "decimal",
            new BigDecimal("1.50"),
            new BigDecimal("2.50"),
            (row, value) -> {
                sample(row).decimal = (BigDecimal) value;
                sample(row).decimalTwin = (BigDecimal) value;
            }),
    DATE("date", "LocalDate", "Sample", "date", LocalDate.of(2001, 2, 3), LocalDate.of(2002, 3, 4), (row, value) -> {
        sample(row).date = (LocalDate) value;
        sample(row).dateTwin = (LocalDate) value;
    }),
    FLAG("boolean", "Boolean", "Sample", "flag", true, false, (row, value) -> {
        sample(row).flag = (Boolean) value;
        sample(row).flagTwin = (Boolean) value;
    }),
    MOOD("enum", "enum", "Sample", "mood", MatrixModel.Mood.CALM, MatrixModel.Mood.TENSE, (row, value) -> {
        sample(row).mood = (MatrixModel.Mood) value;
        sample(row).moodTwin = (MatrixModel.Mood) value;
    }),
    BYTES("bytes", "byte[]", "Sample", "bytes", new byte[] {1}, new byte[] {2}, (row, value) -> {
        sample(row).bytes = (byte[]) value;
        sample(row).bytesTwin = (byte[]) value;
    }),
    EMBEDDED("embedded", "in an embeddable", "Sample", "address.street", "one", "two", (row, value) -> {
        sample(row).address.street = (String) value;
        sample(row).address.streetTwin = (String) value;
    }),
    JOINED("joined", "of a joined subclass", "Branch", "code", "one", "two", (row, value) -> {
        ((MatrixModel.Branch) row).code = (String) value;
        ((MatrixModel.Branch) row).codeTwin = (String) value;
    }),
    ELEMENT("element", "element of a List", "Sample", "notes", "one", "two", (row, value) -> {
        if (value != null) {
            sample(row).notes.add((String) value);
            sample(row).notesTwin.add((String) value);
        }
    }),
    MAP_VALUE("map value", "value of a Map", "Sample", "labels", "one", "two", (row, value) -> {
        if (value != null) {
            sample(row).labels.put("key", (String) value);
            sample(row).labelsTwin.put("key", (String) value);
        }
    });

    final String column;
    final String title;
    final String entity;
    final Object value;
    final Object other;
    private final String attribute;
    private final BiConsumer<Object, Object> setter;

    Kind(
            String column,
            String title,
            String entity,
            String attribute,
            Object value,
            Object other,
            BiConsumer<Object, Object> setter) {
        this.column = column;
        this.title = title;
        this.entity = entity;
        this.attribute = attribute;
        this.value = value;
        this.other = other;
        this.setter = setter;
    }

    boolean collection() {
        return this == ELEMENT || this == MAP_VALUE;
    }

    void set(Object row, Object newValue) {
        setter.accept(row, newValue);
    }

    /** What an error calls the attribute. */
    String label() {
        return this == EMBEDDED ? "Address.street" : entity + "." + attribute;
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
        return statement
                .replace("{from}", entity + " e" + join.formatted("e", "x"))
                .replace("{from2}", entity + " f" + join.formatted("f", "y"))
                .replace("{a}", collection() ? "x" : "e." + name)
                .replace("{b}", collection() ? "y" : "f." + name)
                .replace("{on}", collection() ? entity + " f join f." + name + " y" : entity + " f")
                .replace("{all}", "e." + name)
                .replace("{index}", this == ELEMENT ? "index(x)" : "key(x)")
                .replace("{name}", "name")
                .replace("{set}", name)
                .replace("{plain}", collection() ? "e.name" : "e." + attribute + "Twin")
                .replace("{twin}", attribute + "Twin")
                .replace("{E}", entity);
    }

    private static MatrixModel.Sample sample(Object row) {
        return (MatrixModel.Sample) row;
    }
}
