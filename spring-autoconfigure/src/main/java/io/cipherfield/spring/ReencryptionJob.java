package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.reencrypt.Census;
import io.cipherfield.hibernate.reencrypt.JobProperties;
import io.cipherfield.hibernate.reencrypt.Reencryption;
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
        int status = ALL_DONE;
        for (Map.Entry<String, EntityManagerFactory> factory : factories.entrySet()) {
            if (factories.size() > 1) {
                out.println("=== " + factory.getKey() + " ===");
            }
            status = Math.max(status, run(factory.getValue(), context.getEnvironment()));
        }
        return status;
    }

    private int run(EntityManagerFactory factory, Environment environment) {
        try (JobProgress progress = JobProgress.to(out)) {
            Reencryption reencryption = Reencryption.of(factory).listener(progress);
            if (environment.getProperty(JobProperties.ALLOW_TRIGGERS, Boolean.class, false)) {
                reencryption.allowTriggers();
            }
            if (environment.getProperty(JobProperties.ALLOW_VERSIONED_HISTORY, Boolean.class, false)) {
                reencryption.allowVersionedHistory();
            }
            return switch (job) {
                case REENCRYPT -> print(reencryption.run(), progress);
                case VERIFY -> print(reencryption.verify(), progress);
                case DRY_RUN -> print(reencryption.dryRun(), progress);
                case CENSUS -> print(reencryption.census(), progress);
            };
        }
    }

    private int print(Report report, JobProgress progress) {
        print(report.toText(), progress);
        return report.successful() ? ALL_DONE : NOT_ALL_DONE;
    }

    /** Nobody shall take a key away because a census ended well that did not see every row. */
    private int print(Census census, JobProgress progress) {
        print(census.toText(), progress);
        return census.rowsHidden() ? NOT_ALL_DONE : ALL_DONE;
    }

    private void print(String text, JobProgress progress) {
        progress.close();
        out.println();
        out.println(text.stripTrailing());
    }
}
