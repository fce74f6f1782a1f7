package io.cipherfield.samples.migrate;

import java.io.PrintStream;

/** The whole way. */
final class Demo {

    Demo(PrintStream out) {
        new DemoOutput(out);
    }

    boolean run() {
        return true;
    }
}
