package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.reencrypt.Census;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.ReencryptionControl;
import io.cipherfield.hibernate.reencrypt.Report;
import jakarta.persistence.EntityManagerFactory;
import java.io.PrintStream;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Does a job on every {@code EntityManagerFactory} of an application, one after the other, and prints what it did. */
final class ReencryptionJob {

    private static final int ALL_DONE = 0;
    /** Values failed, were left, or may be where row-level security hides them. */
    private static final int NOT_ALL_DONE = 2;
    /** The next start goes on there. */
    static final int STOPPED = 3;

    private final Job job;
    private final PrintStream out;
    private final ReencryptionControl control;

    ReencryptionJob(Job job, PrintStream out, ReencryptionControl control) {
        this.job = job;
        this.out = out;
        this.control = control;
    }

    /** @return the process's exit status */
    int run(ApplicationContext context) {
        Map<String, EntityManagerFactory> factories = context.getBeansOfType(EntityManagerFactory.class);
        if (factories.isEmpty()) {
            throw new ConfigurationException(
                    "There is no EntityManagerFactory in this application, so that there is nothing to do for the job "
                            + job + ".",
                    "Run the job with the application, and the profile, that has the entities.");
        }
        Environment environment = context.getEnvironment();
        JobSelection selection = JobSelection.of(environment);
        selection.requireKnown(factories.values());
        if (job.copies()) {
            CopySelection.of(environment).requireKnown(factories.values());
        }
        JobOptions options = new JobOptions(environment);
        ReportFile file = ReportFile.at(options.reportFile(), factories.size() > 1);
        int status;
        try {
            status = run(factories, environment, selection, options, file);
        } catch (RuntimeException | Error e) {
            file.writeIfAny(e);
            throw e;
        }
        file.write();
        return status;
    }

    private int run(
            Map<String, EntityManagerFactory> factories,
            Environment environment,
            JobSelection selection,
            JobOptions options,
            ReportFile file) {
        int status = ALL_DONE;
        // Where none has some, the job itself says what is missing.
        boolean skipping = job.rebinds()
                && factories.values().stream()
                        .anyMatch(factory -> Reencryption.of(factory).hasFormerContexts());
        for (Map.Entry<String, EntityManagerFactory> factory : factories.entrySet()) {
            if (factories.size() > 1) {
                out.println("=== " + factory.getKey() + " ===");
            }
            if (skipping && !Reencryption.of(factory.getValue()).hasFormerContexts()) {
                out.println("None of its encrypted attributes has formerContexts, so that there is nothing to rebind.");
                continue;
            }
            try (JobProgress progress = JobProgress.to(out)) {
                Reencryption reencryption =
                        Reencryption.of(factory.getValue()).listener(progress).control(control);
                options.apply(reencryption);
                if (selection.apply(reencryption, factory.getValue())) {
                    status = Math.max(status, run(reencryption, factory.getValue(), environment, progress, file));
                }
            }
        }
        return status;
    }

    private int run(
            Reencryption reencryption,
            EntityManagerFactory factory,
            Environment environment,
            JobProgress progress,
            ReportFile file) {
        return switch (job) {
            case REENCRYPT -> print(reencryption.run(), progress, file);
            case VERIFY -> print(reencryption.verify(), progress, file);
            case DRY_RUN -> print(reencryption.dryRun(), progress, file);
            case DECRYPT_ALL ->
                print(reencryption.decryptAll(environment.getProperty(Job.CONFIRM, "")), progress, file);
            case REBIND -> print(reencryption.rebind(), progress, file);
            case REBIND_DRY_RUN -> print(reencryption.rebindDryRun(), progress, file);
            case COPY, COPY_DRY_RUN -> {
                CopySelection copy = CopySelection.of(environment);
                yield copy.isIn(factory)
                        ? print(copy.run(reencryption, factory, job == Job.COPY_DRY_RUN), progress, file)
                        : ALL_DONE;
            }
            case CENSUS -> print(reencryption.census(), progress, file);
        };
    }

    private int print(Report report, JobProgress progress, ReportFile file) {
        file.add(report.toJson());
        print(report.toText(), progress);
        if (report.end() == Report.End.STOPPED) {
            return STOPPED;
        }
        return report.successful() ? ALL_DONE : NOT_ALL_DONE;
    }

    /** Nobody shall take a key away because a census ended well that did not see every row. */
    private int print(Census census, JobProgress progress, ReportFile file) {
        file.add(census.toJson());
        print(census.toText(), progress);
        return census.rowsHidden() ? NOT_ALL_DONE : ALL_DONE;
    }

    private void print(String text, JobProgress progress) {
        progress.close();
        out.println();
        out.println(text.stripTrailing());
    }
}
