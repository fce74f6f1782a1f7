package io.cipherfield.benchmarks.orm;

/**
 * What is aimed at on PostgreSQL, as ratios to the unencrypted entity.
 *
 * @param gainsCount whether the peers' time beyond the unencrypted entity's is compared too: where there is hardly any, that
 *     would divide noise by noise
 */
record Target(double text, double binary, boolean gainsCount) {

    static final Target LOAD = new Target(2.3, 1.7, true);
    static final Target FIND = new Target(1.05, 1.05, false);
    static final Target INSERT = new Target(1.25, 1.10, true);
    static final Target FLUSH = new Target(1.5, 1.5, false);
    static final Target BOOTSTRAP = new Target(1.10, 1.10, false);

    double of(Variant ours) {
        return ours == Variant.TEXT ? text : binary;
    }

    /** How many times as much as ours the peer takes at least beyond the unencrypted entity. */
    static int gain(Variant peer) {
        return peer == Variant.JASYPT ? 500 : 3;
    }
}
