package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.Report;
import jakarta.persistence.EntityManagerFactory;
import java.io.PrintStream;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** Does a job on every {@code EntityManagerFactory} of an application, one after the other, and prints what it did. */
final class ReencryptionJob {

    private static final int ALL_DONE = 0;
    private static final int SOME_VALUES_FAILED = 2;

    private final Job job;
    private final PrintStream out;

    ReencryptionJob(Job job, PrintStream out) {
        this.job = job;
        this.out = out;
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
        JobSelection selection = JobSelection.of(context.getEnvironment());
        selection.requireKnown(factories.values());
        int status = ALL_DONE;
        for (Map.Entry<String, EntityManagerFactory> factory : factories.entrySet()) {
            if (factories.size() > 1) {
                out.println("=== " + factory.getKey() + " ===");
            }
            status = Math.max(status, run(factory.getValue(), selection, context));
        }
        return status;
    }

    private int run(EntityManagerFactory factory, JobSelection selection, ApplicationContext context) {
        try (JobProgress progress = JobProgress.to(out)) {
            Reencryption reencryption = Reencryption.of(factory).listener(progress);
            if (!selection.apply(reencryption, factory)) {
                return ALL_DONE;
            }
            return switch (job) {
                case REENCRYPT -> print(reencryption.run(), progress);
                case VERIFY -> print(reencryption.verify(), progress);
                case DRY_RUN -> print(reencryption.dryRun(), progress);
                case DECRYPT_ALL ->
                    print(reencryption.decryptAll(context.getEnvironment().getProperty(Job.CONFIRM, "")), progress);
                case CENSUS -> print(reencryption.census().toText(), progress);
            };
        }
    }

    private int print(Report report, JobProgress progress) {
        print(report.toText(), progress);
        return report.successful() ? ALL_DONE : SOME_VALUES_FAILED;
    }

    private int print(String text, JobProgress progress) {
        progress.close();
        out.println();
        out.println(text.stripTrailing());
        return ALL_DONE;
    }
}
