package io.cipherfield.benchmarks.orm;

import com.sun.management.OperatingSystemMXBean;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.benchmarks.database.Database;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The JVM that {@link StartScenario} starts. */
final class StartedJvm {

    private StartedJvm() {}

    /**
     * Prints the processor time of all of its threads when the SessionFactory is ready.
     *
     * @param args the database's URL, the mode of the start-up check, the names of the entities
     */
    public static void main(String[] args) throws ClassNotFoundException {
        Database database = new Database("", args[0], "", List.of(), List.of());
        List<Class<?>> entities = new ArrayList<>();
        for (String name : List.of(args).subList(2, args.length)) {
            entities.add(Class.forName(name));
        }
        Stores.open(database, entities, "none", StartupCheckMode.valueOf(args[1]));
        System.out.println(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
        System.out.flush();
        // Nothing is to be cleared away, and nothing else is timed.
        Runtime.getRuntime().halt(0);
    }
}
