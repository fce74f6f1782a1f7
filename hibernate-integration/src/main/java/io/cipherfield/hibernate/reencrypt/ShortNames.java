package io.cipherfield.hibernate.reencrypt;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names of classes without their packages, where that leaves no doubt which one is meant. */
final class ShortNames {

    private ShortNames() {}

    /** @param names each once */
    static Function<String, String> of(Collection<String> names) {
        Map<String, Long> times =
                names.stream().collect(Collectors.groupingBy(ShortNames::simple, Collectors.counting()));
        return name -> times.getOrDefault(simple(name), 0L) > 1 ? name : simple(name);
    }

    private static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
