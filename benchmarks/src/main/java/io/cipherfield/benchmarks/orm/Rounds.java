package io.cipherfield.benchmarks.orm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of one scenario, in rounds in which all variants take their turn, so that what else the machine does meets all of
 * them alike. Ratios are taken within each round; the median is that of the rounds.
 */
final class Rounds {

    private final List<Map<Variant, Cost>> rounds = new ArrayList<>();

    static Rounds of(Scenario scenario, int warmUps, int measured) {
        Rounds result = new Rounds();
        for (int i = 0; i < warmUps + measured; i++) {
            Map<Variant, Cost> round = new EnumMap<>(Variant.class);
            for (Variant variant : scenario.variants()) {
                round.put(variant, measure(scenario, variant));
            }
            if (i >= warmUps) {
                result.rounds.add(round);
            }
        }
        scenario.end();
        return result;
    }

    private static Cost measure(Scenario scenario, Variant variant) {
        scenario.before(variant);
        // What the one before has left is not for this one to clear away.
        System.gc();
        Cost cost = scenario.measure(variant);
        scenario.after(variant);
        return cost;
    }

    int count() {
        return rounds.size();
    }

    Quartiles wall(Variant variant) {
        return quartiles(round -> cost(round, variant).wall());
    }

    Quartiles cpu(Variant variant) {
        return quartiles(round -> cost(round, variant).cpu());
    }

    /** Against the unencrypted entity. */
    Quartiles wallRatio(Variant variant) {
        return quartiles(round ->
                cost(round, variant).wall() / cost(round, Variant.PLAIN).wall());
    }

    /** Against the unencrypted entity. */
    double cpuRatio(Variant variant) {
        return quartiles(round ->
                        cost(round, variant).cpu() / cost(round, Variant.PLAIN).cpu())
                .median();
    }

    /** How many times the time that ours takes beyond the unencrypted entity's the peer takes beyond it. */
    double gain(Variant ours, Variant peer) {
        return quartiles(round -> beyond(round, peer) / beyond(round, ours)).median();
    }

    private static double beyond(Map<Variant, Cost> round, Variant variant) {
        return cost(round, variant).wall() - cost(round, Variant.PLAIN).wall();
    }

    private static Cost cost(Map<Variant, Cost> round, Variant variant) {
        Cost cost = round.get(variant);
        if (cost == null) {
            throw new IllegalStateException(variant.title());
        }
        return cost;
    }

    private Quartiles quartiles(ToDoubleFunction<Map<Variant, Cost>> figure) {
        return Quartiles.of(rounds.stream().mapToDouble(figure));
    }
}
