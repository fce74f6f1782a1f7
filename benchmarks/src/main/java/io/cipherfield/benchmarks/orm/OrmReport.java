package io.cipherfield.benchmarks.orm;

import io.cipherfield.StartupCheckMode;
import io.cipherfield.benchmarks.database.Database;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Version;

/** Measures entities of Hibernate on one database after the other and prints a table for each scenario, in Markdown. */
public final class OrmReport {

    private static final int ROWS = 100_000;
    private static final int MANAGED = 10_000;
    private static final int FINDS = 5_000;
    private static final int ENTITIES = 100;
    private static final int ATTRIBUTES_OF_ENTITY = 20;
    /** As many as the start-up check looks at, from both ends. */
    private static final int ROWS_AT_BOOTSTRAP = 40;
    /** pgjdbc reads bytes as hexadecimal text until it has seen a statement five times. */
    private static final int WARM_UPS = 7;

    private static final List<String> DATABASES = List.of("h2", "postgresql");
    private static final List<String> STARTS = List.of("bootstrap", "start");
    private static final List<String> SCENARIOS = List.of("insert", "load", "find", "flush", "bootstrap", "start");

    private final PrintStream out;
    private final List<String> scenarios;

    private OrmReport(PrintStream out, List<String> scenarios) {
        this.out = out;
        this.scenarios = scenarios;
    }

    /**
     * @param choice databases and scenarios; without one of a kind H2, and all scenarios
     * @throws IllegalArgumentException if one is unknown
     */
    public static void print(PrintStream out, List<String> choice) throws Exception {
        List<String> databases = chosen(DATABASES, choice, List.of("h2"));
        List<String> scenarios = chosen(SCENARIOS, choice, SCENARIOS);
        for (String word : choice) {
            if (!DATABASES.contains(word) && !SCENARIOS.contains(word)) {
                throw new IllegalArgumentException(word + " is none of " + DATABASES + " and none of " + SCENARIOS);
            }
        }
        OrmReport report = new OrmReport(out, scenarios);
        report.environment();
        for (String name : databases) {
            report.database(name.equals("h2") ? Database.h2() : Database.postgresql());
        }
    }

    private static List<String> chosen(List<String> all, List<String> choice, List<String> byDefault) {
        List<String> chosen = all.stream().filter(choice::contains).toList();
        return chosen.isEmpty() ? byDefault : chosen;
    }

    private void environment() {
        out.printf(
                "%nHibernate %s, JDK %s, %s, %d processors%n",
                Version.getVersionString(),
                Runtime.version(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        out.printf(
                "JVM flags: %s; %s; heap of at most %d MiB%n",
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private void database(Database database) throws Exception {
        out.printf("%n## %s%n", database.title());
        if (!STARTS.containsAll(scenarios)) {
            entities(database);
        }
        if (scenarios.stream().anyMatch(STARTS::contains)) {
            starts(database, schemas(database));
        }
    }

    private void starts(Database database, Map<Variant, Schema> schemas) throws IOException {
        if (scenarios.contains("bootstrap")) {
            measure(new BootstrapScenario(database, schemas, StartupCheckMode.FAIL), 20, 21, Target.BOOTSTRAP);
            measure(new BootstrapScenario(database, schemas, StartupCheckMode.OFF), 5, 21, Target.BOOTSTRAP);
        }
        // H2 lives in this JVM's memory, where no other JVM finds it.
        if (scenarios.contains("start") && !database.url().startsWith("jdbc:h2:mem")) {
            Path classes = Files.createTempDirectory("entities");
            measure(new StartScenario(database, schemas, StartupCheckMode.FAIL, classes), 1, 11, Target.BOOTSTRAP);
            measure(new StartScenario(database, schemas, StartupCheckMode.OFF, classes), 1, 11, Target.BOOTSTRAP);
        }
    }

    private void entities(Database database) {
        try (Stores stores = new Stores(database)) {
            InsertScenario insert = new InsertScenario(database, stores, ROWS);
            if (scenarios.contains("insert")) {
                measure(insert, 3, 9, Target.INSERT);
            } else {
                Rounds.of(insert, 1, 0);
            }
            LoadScenario load = new LoadScenario(stores, ROWS);
            load.check();
            if (scenarios.contains("load")) {
                measure(load, WARM_UPS, 11, Target.LOAD);
            }
            if (scenarios.contains("find")) {
                measure(new FindScenario(stores, ROWS, FINDS), 3, 11, Target.FIND);
            }
            if (scenarios.contains("flush")) {
                measure(new FlushScenario(stores, MANAGED), 10, 31, Target.FLUSH);
            }
        }
    }

    private static Map<Variant, Schema> schemas(Database database) {
        Map<Variant, Schema> schemas = new EnumMap<>(Variant.class);
        for (Variant variant : EnumSet.complementOf(EnumSet.of(Variant.JASYPT, Variant.SIZE))) {
            Schema schema = new Schema(variant, ENTITIES, ATTRIBUTES_OF_ENTITY);
            try (var factory = Stores.open(database, schema.entities(), "create-only", StartupCheckMode.OFF)) {
                schema.fill(database, factory, ROWS_AT_BOOTSTRAP);
            }
            schemas.put(variant, schema);
        }
        return schemas;
    }

    private void measure(Scenario scenario, int warmUps, int rounds, Target target) {
        new OrmTable(scenario, Rounds.of(scenario, warmUps, rounds), target).print(out);
        out.flush();
    }
}
