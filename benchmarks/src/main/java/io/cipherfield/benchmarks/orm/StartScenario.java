package io.cipherfield.benchmarks.orm;

import io.cipherfield.StartupCheckMode;
import io.cipherfield.benchmarks.database.Database;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a user waits for: a new JVM each time, from the start of its process until the SessionFactory is ready. */
final class StartScenario implements Scenario {

    private final Database database;
    private final Map<Variant, Schema> schemas;
    private final StartupCheckMode startupCheck;
    private final Path classes;

    /** @param classes a directory for the schemas' classes */
    StartScenario(Database database, Map<Variant, Schema> schemas, StartupCheckMode startupCheck, Path classes)
            throws IOException {
        this.database = database;
        this.schemas = schemas;
        this.startupCheck = startupCheck;
        this.classes = classes;
        for (Schema schema : schemas.values()) {
            schema.saveIn(classes);
        }
    }

    @Override
    public String title() {
        return "Start of a JVM with 2,000 attributes, startup-check "
                + startupCheck.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Variant> variants() {
        return List.of(Variant.PLAIN, Variant.TEXT, Variant.BINARY);
    }

    @Override
    public String unit() {
        return "attribute";
    }

    @Override
    public int units(Variant variant) {
        return 2_000;
    }

    @Override
    public Cost measure(Variant variant) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + classes,
                StartedJvm.class.getName(),
                database.url(),
                startupCheck.name());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Schema schema = schemas.get(variant);
        if (schema == null) {
            throw new IllegalArgumentException(variant.title());
        }
        schema.entities().forEach(entity -> builder.command().add(entity.getName()));
        try {
            long begin = System.nanoTime();
            Process process = builder.start();
            try (BufferedReader answer = process.inputReader()) {
                String cpu = answer.readLine();
                double wall = System.nanoTime() - begin;
                if (cpu == null) {
                    throw new IllegalStateException("The JVM for " + variant.title() + " did not start Hibernate");
                }
                process.waitFor();
                return new Cost(wall / units(variant), Double.parseDouble(cpu) / units(variant));
            }
        } catch (IOException e) {
            throw new IllegalStateException("No JVM for " + variant.title(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(Variant variant) {
        throw new UnsupportedOperationException("It measures other processes");
    }
}
