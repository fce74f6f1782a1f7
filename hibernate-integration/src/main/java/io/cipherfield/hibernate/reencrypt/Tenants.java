package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.journal.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Joins what jobs of several tenants say; what is of one tenant has its id in front. */
final class Tenants {

    private Tenants() {}

    /** @param jobs gives each tenant's report, one after the other */
    static Report reports(List<Object> tenants, Function<Object, Report> jobs) {
        List<Report> reports = new ArrayList<>();
        List<FailedValue> failures = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Object tenant : tenants) {
            Report report = jobs.apply(tenant);
            reports.add(report);
            report.failures().stream()
                    .limit(Report.FAILURES_KEPT - failures.size())
                    .forEach(failure -> failures.add(new FailedValue(
                            name(tenant, failure.table()),
                            failure.column(),
                            failure.key(),
                            failure.keyId(),
                            failure.reason())));
            report.notes().forEach(note -> notes.add(name(tenant, note)));
            Census census = report.census();
            if (census != null) {
                census.keysText().lines().forEach(line -> notes.add(name(tenant, line)));
            }
        }
        Report joined = new Report(
                reports.get(0).mode(),
                reports.stream().map(Report::counts).reduce(Counts.NONE, Counts::plus),
                failures,
                reports.stream().map(Report::end).max(Enum::compareTo).orElseThrow(),
                reports.stream().mapToLong(Report::attempts).max().orElse(1),
                notes,
                reports.stream().map(Report::elapsed).reduce(Duration.ZERO, Duration::plus));
        return joined.writtenBy(reports.get(0).strategies()).remaining(reports);
    }

    static ReencryptionListener listener(Object tenant, ReencryptionListener listener) {
        return new ReencryptionListener() {
            @Override
            public void progress(Progress progress) {
                listener.progress(new Progress(
                        name(tenant, progress.table()),
                        progress.rowsDone(),
                        progress.rowsTotal(),
                        progress.rowsPerSecond(),
                        progress.remaining(),
                        progress.waitingFor()));
            }

            @Override
            public void notice(String text) {
                listener.notice(name(tenant, text));
            }
        };
    }

    /** The places of values that are this tenant's. */
    static List<String> of(Object tenant, List<String> places) {
        String start = name(tenant, "");
        return places.stream()
                .filter(place -> place.startsWith(start))
                .map(place -> place.substring(start.length()))
                .toList();
    }

    /** @throws ReencryptionException if a place is no tenant's */
    static void requireKnown(List<Object> tenants, List<String> places) {
        for (String place : places) {
            if (tenants.stream().noneMatch(tenant -> place.startsWith(name(tenant, "")))) {
                throw new ReencryptionException("Nothing was written. The value at " + place
                        + " cannot be accepted as plaintext: it is of none of the tenants. A place has the tenant in front, as in the"
                        + " report: " + name(tenants.get(0), "table.column, row key") + ".");
            }
        }
    }

    static String name(Object tenant, String text) {
        return tenant + ": " + text;
    }
}
