package io.cipherfield.hibernate;

import java.util.stream.Stream;

/** The JSON mappers that the running Hibernate knows by name and whose library is there: Jackson 2, and from 7.4 on Jackson 3. */
final class JsonMappers {

    private JsonMappers() {}

    static Stream<String> all() {
        return isPresent("org.hibernate.type.format.jackson.Jackson3JsonFormatMapper")
                        && isPresent("tools.jackson.databind.json.JsonMapper")
                ? Stream.of("jackson", "jackson3")
                : Stream.of("jackson");
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
