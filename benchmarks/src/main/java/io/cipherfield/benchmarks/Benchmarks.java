package io.cipherfield.benchmarks;

import io.cipherfield.benchmarks.value.ValueReport;

/** {@code java -jar benchmarks/target/benchmarks.jar value} prints the tables that docs/performance.md shows. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("value")) {
            ValueReport.print(System.out);
            return;
        }
        System.err.println(
                "Usage: java -jar benchmarks.jar value    one value encrypted and decrypted, beside its peers");
        System.exit(64);
    }
}
