package io.cipherfield.spring;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * An application context in which nothing starts to work by itself. What starts servers, message listeners and schedulers is
 * the last step of a refresh: the life cycle's start, and the event to which schedulers listen.
 */
final class JobContext extends AnnotationConfigApplicationContext {

    @Override
    protected void finishRefresh() {
        // Nothing starts.
    }
}
