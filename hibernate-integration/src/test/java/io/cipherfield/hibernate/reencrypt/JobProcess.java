package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link JobMain} as seen by the test that started it. */
final class JobProcess implements AutoCloseable {

    private static final int LONGEST_RUN_IN_SECONDS = 240;

    private final Process process;
    private final Thread reader;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private int steps;
    private boolean held;
    private boolean ended;
    private @Nullable String report;

    private JobProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "reader-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** @param heldPage which it holds before it is counted, once it has written its rows; 0 for none */
    static JobProcess start(TestDatabase.Fresh database, CipherKey primary, CipherKey other, int page, int heldPage)
            throws IOException {
        return start(database, hex(primary), hex(other), page, heldPage, KilledWork.ROTATION);
    }

    /** Under the new key, with the old and the lost one. */
    static JobProcess start(TestDatabase.Fresh database, KilledWork work, int page) throws IOException {
        return start(database, Unit.NEW_HEX, Unit.OLD_HEX + "," + Unit.LOST_HEX, page, 0, work);
    }

    private static JobProcess start(
            TestDatabase.Fresh database, String primary, String others, int page, int heldPage, KilledWork work)
            throws IOException {
        TestDatabase.Fresh outside = database.fromOutside();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                JobMain.class.getName(),
                outside.kind().name(),
                outside.url(),
                outside.user(),
                String.valueOf(page),
                String.valueOf(heldPage),
                work.name());
        builder.environment().put(Setting.KEY.environmentVariable(), primary);
        builder.environment().put(Setting.DECRYPT_ONLY_KEYS.environmentVariable(), others);
        builder.environment()
                .put(
                        Setting.PLAINTEXT.environmentVariable(),
                        work.plaintext().name().toLowerCase(Locale.ROOT));
        builder.environment().put(JobMain.PASSWORD, outside.password());
        builder.redirectErrorStream(true);
        return new JobProcess(builder.start());
    }

    private static String hex(CipherKey key) {
        return key == Unit.OLD ? Unit.OLD_HEX : Unit.NEW_HEX;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void heard(String line) {
        if (line.startsWith(JobMain.STEP)) {
            steps++;
            held |= line.equals(JobMain.HELD);
            notifyAll();
        } else {
            output.add(line);
            if (line.startsWith(JobMain.REPORT)) {
                report = line.substring(JobMain.REPORT.length());
            }
        }
    }

    /** @return false if it ended before */
    synchronized boolean awaitSteps(int count) throws InterruptedException {
        while (steps < count && !ended) {
            wait();
        }
        return !ended;
    }

    synchronized void awaitHeld() throws InterruptedException {
        while (!held && !ended) {
            wait();
        }
        if (!held) {
            throw new AssertionError("It held no page: " + output);
        }
    }

    /** By SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** @return its exit status */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_RUN_IN_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The job does not end: " + output);
        }
        reader.join();
        return process.exitValue();
    }

    /** How many attempts and which counts; null if it did not get that far. */
    @Nullable
    String report() {
        return report;
    }

    List<String> output() {
        return output;
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    /** Lets it go on with the page that it holds. */
    void letGo() {
        OutputStream input = process.getOutputStream();
        try {
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
