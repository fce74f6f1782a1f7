package io.cipherfield.spring;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * An application context in which nothing starts to work by itself. What starts servers, message listeners and schedulers is
 * the last step of a refresh: the life cycle's start, and the event to which schedulers listen. What a bean starts in its own
 * constructor or {@code @PostConstruct} method nobody can hold back; but beans are lazy here, so it runs only if the job's
 * {@code EntityManagerFactory} depends on that bean, or if it is excluded from being lazy.
 */
final class JobContext extends AnnotationConfigApplicationContext {

    @Override
    protected void finishRefresh() {
        // Nothing starts.
    }
}
