package io.cipherfield.samples.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar in a JVM of its own, as a user runs it, with nothing of this JVM's own Spring and key settings. */
record MigrationProcess(int exitStatus, String output) {

    private static final Path JAR = Path.of("target", "migrate-from-jasypt.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static MigrationProcess run(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(CIPHERFIELD|SPRING|JASYPT).*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("It does not end:\n" + Files.readString(output));
        }
        return new MigrationProcess(process.exitValue(), Files.readString(output));
    }
}
