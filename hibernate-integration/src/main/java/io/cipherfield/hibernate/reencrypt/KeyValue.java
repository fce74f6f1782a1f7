package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The values of a key's columns, or of the first of them, as JDBC read them. Only the database can order them. Immutable. */
final class KeyValue {

    private static final char BETWEEN = ',';
    private static final int SHOWN_OF_A_DIGEST = 4;

    private final Object[] parts;

    /** @param parts numbers, texts, UUIDs and bytes, which nobody changes later */
    KeyValue(Object... parts) {
        this.parts = parts.clone();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] instanceof Number number) {
                this.parts[i] = number(number);
            }
        }
    }

    /** One class for one number, however a driver calls it. */
    private static Number number(Number value) {
        if (value instanceof Long || value instanceof Integer) {
            return value.longValue();
        }
        BigDecimal exact = value instanceof BigDecimal decimal
                ? decimal
                : value instanceof BigInteger integer ? new BigDecimal(integer) : BigDecimal.valueOf(value.longValue());
        if (exact.scale() < 0) {
            exact = exact.setScale(0);
        }
        boolean fits = exact.scale() == 0 && exact.unscaledValue().bitLength() < Long.SIZE;
        return fits ? Long.valueOf(exact.longValue()) : exact;
    }

    int size() {
        return parts.length;
    }

    Object part(int index) {
        return parts[index];
    }

    KeyValue first(int count) {
        return new KeyValue(Arrays.copyOf(parts, count));
    }

    /**
     * For reports: {@code 7}, or {@code owner_id=7, position=2}. What is encrypted, or should be, is not shown; the beginning of
     * a ciphertext's SHA-256 tells one row from another, and finds it in the database.
     */
    String text(List<KeyColumn> key) {
        boolean onlyOne = parts.length == 1 && !key.get(0).secret();
        return onlyOne ? key.get(0).kind().text(parts[0]) : namedText(key);
    }

    String namedText(List<KeyColumn> key) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            KeyColumn column = key.get(i);
            if (!column.secret()) {
                texts.add(column.name() + "=" + column.kind().text(parts[i]));
            } else if (StoredForm.header(parts[i]) != null) {
                texts.add("SHA-256 of " + column.name() + "=" + digest(parts[i]));
            }
        }
        return texts.isEmpty() ? "without a key to show" : String.join(", ", texts);
    }

    private static String digest(Object ciphertext) {
        byte[] bytes = ciphertext instanceof byte[] stored
                ? stored
                : ciphertext.toString().getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, SHOWN_OF_A_DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** ASCII without white space, for {@link #decode}. It shows what is stored: see {@link PositionCode}. */
    String encode(List<KeyColumn> key) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : BETWEEN).append(key.get(i).kind().encode(parts[i]));
        }
        return text.toString();
    }

    static KeyValue decode(String text, List<KeyColumn> key) {
        String[] encoded = text.split(String.valueOf(BETWEEN), -1);
        if (encoded.length > key.size()) {
            throw new IllegalArgumentException(
                    "A key of " + key.size() + " columns has no " + encoded.length + " parts");
        }
        Object[] parts = new Object[encoded.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = key.get(i).kind().decode(encoded[i]);
        }
        return new KeyValue(parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyValue key && Arrays.deepEquals(parts, key.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(parts);
    }

    /** Without the values, some of which may be secret. */
    @Override
    public String toString() {
        return "a key of " + parts.length + (parts.length == 1 ? " column" : " columns");
    }
}
