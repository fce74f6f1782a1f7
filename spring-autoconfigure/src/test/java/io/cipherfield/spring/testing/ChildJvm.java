package io.cipherfield.spring.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a main method in a process of its own, to see the real exit status. */
public final class ChildJvm {

    private static final long TIMEOUT_IN_SECONDS = 600;

    private ChildJvm() {}

    public record Result(int status, String output) {}

    public static Result run(Class<?> main, Map<String, String> variables, List<String> arguments) {
        return run(main, variables, arguments, null);
    }

    /** @param until once the output holds this text, the process gets SIGTERM; null for never */
    public static Result run(
            Class<?> main, Map<String, String> variables, List<String> arguments, @Nullable String until) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                main.getName()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("child", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("CIPHERFIELD_"));
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().putAll(variables);
            Process process = builder.start();
            while (until != null
                    && process.isAlive()
                    && !Files.readString(output).contains(until)) {
                Thread.sleep(50);
            }
            if (until != null) {
                process.destroy();
            }
            if (!process.waitFor(TIMEOUT_IN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("The process did not end by itself:\n" + Files.readString(output));
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
