package io.cipherfield.benchmarks.orm;

import java.util.List;

/** What is measured. One thread calls it. */
interface Scenario {

    String title();

    default List<Variant> variants() {
        return List.of(Variant.values());
    }

    /** What the figures are for: {@code entity}, say. */
    String unit();

    /** How many units one {@link #run} of this variant does. */
    int units(Variant variant);

    /** Not timed. */
    default void before(Variant variant) {}

    /** Timed. */
    void run(Variant variant);

    /** What a {@link #run} took, for each unit. */
    default Cost measure(Variant variant) {
        return Cost.of(() -> run(variant), units(variant));
    }

    /** Not timed. */
    default void after(Variant variant) {}

    /** Not timed, once behind the last round. */
    default void end() {}
}
