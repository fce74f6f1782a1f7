package io.cipherfield.benchmarks.rotation;

import io.cipherfield.benchmarks.database.Database;
import io.cipherfield.hibernate.Storage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows a second of each contender, in rounds in which all take their turn, and their ratio to the server's own update. */
public final class RotationReport {

    private static final List<String> DATABASES = List.of("postgresql", "mariadb");
    private static final List<String> STORAGES = List.of("text", "binary");
    /** Above, one round without Hibernate: each takes minutes. */
    private static final int FEW_ROWS = 2_000_000;

    private static final int ROUNDS = 3;

    private final PrintStream out;

    private RotationReport(PrintStream out) {
        this.out = out;
    }

    /** @param choice names of databases and storages, and numbers of rows */
    public static void print(PrintStream out, List<String> choice) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (String word : choice) {
            if (!DATABASES.contains(word) && !STORAGES.contains(word)) {
                sizes.add(Integer.parseInt(word));
            }
        }
        RotationReport report = new RotationReport(out);
        for (String name : chosen(DATABASES, choice)) {
            Database database = name.equals("postgresql") ? Database.postgresql() : Database.mariadb();
            for (String storage : chosen(STORAGES, choice)) {
                for (int rows : sizes.isEmpty() ? List.of(1_000_000) : sizes) {
                    report.table(database, storage.equals("text") ? Storage.TEXT : Storage.BINARY, rows);
                }
            }
        }
    }

    private static List<String> chosen(List<String> all, List<String> choice) {
        List<String> chosen = all.stream().filter(choice::contains).toList();
        return chosen.isEmpty() ? all.subList(0, 1) : chosen;
    }

    private void table(Database database, Storage storage, int rows) {
        boolean few = rows <= FEW_ROWS;
        Set<Contender> contenders = few
                ? EnumSet.allOf(Contender.class)
                : EnumSet.complementOf(EnumSet.of(Contender.HIBERNATE, Contender.CENSUS_OF_THREE));
        if (!BareStatements.areThoseOf(database)) {
            contenders.removeAll(EnumSet.of(Contender.STATEMENTS_ON_ONE, Contender.STATEMENTS_ON_TWO));
        }
        out.printf("%n### %s, %,d rows, %s%n%n", database.title(), rows, storage);
        Map<Contender, List<Pass>> passes = new EnumMap<>(Contender.class);
        try (Rings rings = new Rings(database, storage)) {
            Accounts.fill(database, rings, rows);
            if (few) {
                ThreeColumns.fill(database);
            }
            // The first change of each page of the disk after it was filled is dearer than all later ones.
            Set<Contender> first = few ? contenders : EnumSet.of(Contender.SERVER);
            first.forEach(contender -> Pass.of(contender, database, rings, rows));
            for (int round = 0; round < (few ? ROUNDS : 1); round++) {
                for (Contender contender : contenders) {
                    passes.computeIfAbsent(contender, key -> new ArrayList<>())
                            .add(Pass.of(contender, database, rings, rows));
                }
            }
        }
        out.println("| | rows a second | ratio to the server's `UPDATE` | heap grew by at most |");
        out.println("|---|---|---|---|");
        for (Contender contender : contenders) {
            List<Pass> own = passes.getOrDefault(contender, List.of());
            List<Pass> servers = passes.getOrDefault(Contender.SERVER, List.of());
            out.printf(
                    "| %s | %,.0f | %.2f | %d MiB |%n",
                    contender.title(),
                    Pass.medianOf(own, (pass, round) -> pass.rowsPerSecond()),
                    Pass.medianOf(
                            own,
                            (pass, round) ->
                                    pass.rowsPerSecond() / servers.get(round).rowsPerSecond()),
                    own.stream().mapToLong(Pass::heapGrowthInMebibytes).max().orElse(0));
        }
        out.printf("%nMedian of %d round%s.%n", few ? ROUNDS : 1, few ? "s" : "");
        out.flush();
    }
}
