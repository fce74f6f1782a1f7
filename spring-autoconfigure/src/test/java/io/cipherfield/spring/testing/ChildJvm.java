package io.cipherfield.spring.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main method in a process of its own, to see the real exit status. */
public final class ChildJvm {

    private static final long TIMEOUT_IN_SECONDS = 600;

    private ChildJvm() {}

    public record Result(int status, String output) {}

    public static Result run(Class<?> main, Map<String, String> variables, List<String> arguments) {
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
