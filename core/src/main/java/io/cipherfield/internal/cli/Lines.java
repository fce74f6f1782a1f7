package io.cipherfield.internal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One value a line, and one line for each. */
final class Lines {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Lines() {}

    static void process(InputStream in, OutputStream out, ValueCommand command, Failures failures) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String stored = (number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).strip();
            String result = StoredValue.isNull(stored)
                    ? stored
                    : failures.guard(number, stored, value -> Escape.line(command.apply(value)));
            out.write(result.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
    }
}
