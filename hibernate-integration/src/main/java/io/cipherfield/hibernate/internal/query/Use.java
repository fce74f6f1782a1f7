package io.cipherfield.hibernate.internal.query;

/** What a statement does with an encrypted column. */
enum Use {
    RESULT("selected", "", ""),
    NULL_CHECK("compared with null", "", ""),
    COUNT("counted", "", ""),
    COPY("copied", "", ""),
    EQUALITY(
            "compared for equality",
            "The same value has another ciphertext each time, so the comparison would never hold",
            "Select by other attributes and compare the loaded values in Java"),
    ORDER(
            "compared by order or by pattern",
            "Ciphertexts have neither the order nor the characters of their values",
            "Select by other attributes and compare the loaded values in Java"),
    SORT(
            "sorted by",
            "Ciphertexts do not have the order of their values",
            "Sort by another attribute, or sort the loaded values in Java"),
    GROUPING(
            "grouped by, made distinct or merged by a set operation",
            "The same value has another ciphertext each time, so no two rows would fall together",
            "Group by another attribute, select the identifier beside it, use 'union all', or group the loaded values in Java"),
    EXPRESSION(
            "used inside an expression",
            "The database would work on the ciphertext and not on the value",
            "Select the attribute by itself and apply the expression to the loaded value in Java"),
    SUBQUERY(
            "selected in a subquery whose result is compared or stored",
            "The database would work on the ciphertext and not on the value",
            "Select the attribute by a query of its own and pass on the loaded value as a parameter");

    private final String phrase;
    private final String reason;
    private final String wayOut;

    Use(String phrase, String reason, String wayOut) {
        this.phrase = phrase;
        this.reason = reason;
        this.wayOut = wayOut;
    }

    String phrase() {
        return phrase;
    }

    String reason() {
        return reason;
    }

    String wayOut() {
        return wayOut;
    }
}
