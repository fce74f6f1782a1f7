package io.cipherfield.benchmarks.orm;

import java.io.PrintStream;

/** The figures of one scenario. */
record OrmTable(Scenario scenario, Rounds rounds, Target target) {

    void print(PrintStream out) {
        out.printf("%n### %s%n%n", scenario.title());
        out.printf(
                "| | ratio (aim) | quartiles | ratio of processor time | µs for each %s, processor | rows |"
                        + " converter's time beyond / ours (aim) | Jasypt's (aim) |%n",
                scenario.unit());
        out.println("|---|---|---|---|---|---|---|---|");
        for (Variant variant : scenario.variants()) {
            out.println(row(variant));
        }
        out.printf("%nMedian of %d rounds.%n", rounds.count());
    }

    private String row(Variant variant) {
        Quartiles ratio = rounds.wallRatio(variant);
        return String.format(
                "| %s | %.2f%s | %.2f–%.2f | %.2f | %.2f, %.2f | %,d | %s | %s |",
                variant.title(),
                ratio.median(),
                variant.isOurs() ? String.format(" (%.2f)", target.of(variant)) : "",
                ratio.lower(),
                ratio.upper(),
                rounds.cpuRatio(variant),
                rounds.wall(variant).median() / 1000,
                rounds.cpu(variant).median() / 1000,
                scenario.units(variant),
                gain(variant, Variant.GCM),
                gain(variant, Variant.JASYPT));
    }

    private String gain(Variant variant, Variant peer) {
        return variant.isOurs() && target.gainsCount()
                ? String.format("%.1f (%d)", rounds.gain(variant, peer), Target.gain(peer))
                : "";
    }
}
