package io.cipherfield.samples.vault;

import io.cipherfield.CipherKey;
import io.cipherfield.hibernate.reencrypt.Census;
import io.cipherfield.hibernate.reencrypt.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/** Many rows, rotated as docs/rotation.md says, while a writer goes on changing them; then every row is looked at. */
final class LiveRotation {

    private static final String ROWS = "--rows=";
    private static final int DEFAULT_ROWS = 1_000_000;
    private static final int ROWS_OF_A_TRANSACTION = 2_000;
    private static final int WORKERS = 2;

    private final CipherKey oldKey = CipherKey.generate();
    private final CipherKey newKey = CipherKey.generate();
    private final DemoOutput output;
    private final int rows;

    private LiveRotation(PrintStream out, int rows) {
        this.output = new DemoOutput(out);
        this.rows = rows;
    }

    /** @param arguments {@code --rows=n} among others */
    static LiveRotation of(PrintStream out, String[] arguments) {
        int rows = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(ROWS))
                .mapToInt(argument -> Integer.parseInt(argument.substring(ROWS.length())))
                .findFirst()
                .orElse(DEFAULT_ROWS);
        return new LiveRotation(out, rows);
    }

    /** @return whether everything that it claims held */
    boolean run() throws IOException {
        Path folder = Files.createTempDirectory("credential-vault");
        try {
            rotate("jdbc:h2:file:" + folder.resolve("vault"));
            return output.end();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void rotate(String url) {
        output.introduction("%,d connections in a database file, with keys made for this run.".formatted(rows));
        LiveWriter writer;
        try (DemoVault oldInstance = DemoVault.start(url, oldKey, newKey)) {
            output.step("First roll-out: key %s encrypts, key %s only decrypts".formatted(oldKey.id(), newKey.id()));
            load(oldInstance);
            writer = new LiveWriter(oldInstance, rows);
            // Its instances are closed behind it.
            try (DemoVault newInstance = DemoVault.start(url, newKey, oldKey);
                    writer) {
                output.step("Second roll-out: now key %s encrypts, and key %s only decrypts"
                        .formatted(newKey.id(), oldKey.id()));
                writer.moveTo(newInstance);
                output.step("The job, while the writer goes on");
                Report report = newInstance
                        .reencryption()
                        .parallelism(WORKERS)
                        .listener(output)
                        .run();
                output.text(report.toText());
                output.claim("no value failed", report.successful());
            }
            output.text("The writer changed %,d passwords; %,d times it met a page's lock and tried again."
                    .formatted(writer.done(), writer.waited()));
        }
        try (DemoVault vault = DemoVault.start(url, newKey)) {
            check(vault, writer);
        }
    }

    private void load(DemoVault vault) {
        long start = System.nanoTime();
        for (int from = 0; from < rows; from += ROWS_OF_A_TRANSACTION) {
            vault.store(IntStream.range(from, Math.min(rows, from + ROWS_OF_A_TRANSACTION))
                    .mapToObj(Demo::connection)
                    .toList());
        }
        output.text("%,d connections with six secrets each were stored, %,.0f a second."
                .formatted(rows, rows * 1e9 / (System.nanoTime() - start)));
    }

    private void check(DemoVault vault, LiveWriter writer) {
        output.step("Started again with key %s alone".formatted(newKey.id()));
        Census census = vault.reencryption().census();
        output.text(census.toText());
        output.claim("no value has key " + oldKey.id(), census.remaining(oldKey.id()) == 0);
        AtomicLong read = new AtomicLong();
        AtomicLong upToDate = new AtomicLong();
        vault.forEach(credentials -> {
            read.incrementAndGet();
            upToDate.addAndGet(writer.isUpToDate(credentials) ? 1 : 0);
        });
        output.claim("all %,d connections are read".formatted(rows), read.get() == rows);
        output.claim("each has the last password that was committed", upToDate.get() == rows);
    }
}
