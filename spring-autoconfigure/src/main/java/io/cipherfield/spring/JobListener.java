package io.cipherfield.spring;

import java.util.Map;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Turns an application that is asked for a job into one that does the job and ends: no web server, no message listener, no
 * scheduler, no runner of the application. The process's exit status is 0 if all is done, 1 if the job could not run, 2 if
 * values failed or are left, whatever the application's {@code main} does.
 */
final class JobListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

    static final int COULD_NOT_RUN = 1;

    private @Nullable ConfigurableEnvironment environment;
    private @Nullable JobShutdown shutdown;

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            prepare(prepared);
        } else if (environment != null && event instanceof ApplicationStartedEvent started) {
            int status = new ReencryptionJob(
                            Job.of(environment), System.out, shutdown().control())
                    .run(started.getApplicationContext());
            exit(started.getApplicationContext(), status);
        } else if (environment != null && event instanceof ApplicationFailedEvent failed) {
            report(failed.getApplicationContext(), failed.getException());
            exit(failed.getApplicationContext(), COULD_NOT_RUN);
        }
    }

    private void prepare(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment prepared = event.getEnvironment();
        // Spring Cloud reads its own configuration in an application of this name before the real one, with its
        // arguments.
        if (!Job.isAskedFor(prepared) || prepared.getPropertySources().contains("bootstrap")) {
            return;
        }
        environment = prepared;
        Job.of(prepared);
        shutdown();
        prepared.getPropertySources()
                .addFirst(new MapPropertySource(
                        Job.PROPERTY,
                        Map.of(
                                "spring.main.web-application-type", "none",
                                "spring.main.banner-mode", "off",
                                // A signal lets the job finish its page first, and that needs the connections.
                                "spring.main.register-shutdown-hook", "false",
                                // Only what the job needs is created, so that beans that need a web server do no harm.
                                "spring.main.lazy-initialization", "true")));
        SpringApplication application = event.getSpringApplication();
        application.setApplicationContextFactory(webApplicationType -> new JobContext());
    }

    /** As Spring Boot itself would do it a moment later, which an application could catch and end with status 0. */
    private static void report(@Nullable ConfigurableApplicationContext context, Throwable failure) {
        SpringFactoriesLoader reporters = SpringFactoriesLoader.forDefaultResourceLocation();
        ArgumentResolver arguments = ArgumentResolver.ofSupplied(ConfigurableApplicationContext.class, () -> context);
        for (SpringBootExceptionReporter reporter : reporters.load(SpringBootExceptionReporter.class, arguments)) {
            if (reporter.reportException(failure)) {
                return;
            }
        }
        LogFactory.getLog(JobListener.class).error("The job could not run", failure);
    }

    private JobShutdown shutdown() {
        if (shutdown == null) {
            shutdown = JobShutdown.install();
        }
        return shutdown;
    }

    private void exit(@Nullable ConfigurableApplicationContext context, int status) {
        if (context != null) {
            // What pools say when they close would stand behind the report.
            LoggingSystem.get(JobListener.class.getClassLoader())
                    .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
            context.close();
        }
        shutdown().exit(status);
    }

    /** Once logging works, and before the application's own listeners. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }
}
