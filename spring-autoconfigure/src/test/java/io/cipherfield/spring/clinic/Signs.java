package io.cipherfield.spring.clinic;

import jakarta.annotation.PostConstruct;
import jakarta.servlet.ServletContext;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Everything that starts to work by itself in an application, and says so on standard output. */
@Configuration(proxyBeanMethods = false)
class Signs {

    static final String SIGN = "sign of life: ";

    @Scheduled(fixedRate = 20)
    void schedule() {
        System.out.println(SIGN + "scheduler");
    }

    @EventListener(ContextRefreshedEvent.class)
    void refreshed() {
        System.out.println(SIGN + "refreshed");
    }

    @Bean
    ApplicationRunner runner() {
        return arguments -> System.out.println(SIGN + "runner");
    }

    /** As the container of a message listener does. */
    @Component
    static class MessageListener implements SmartLifecycle {

        private volatile boolean running;

        @Override
        public void start() {
            running = true;
            System.out.println(SIGN + "message listener");
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @Component
    static class Poller {

        @PostConstruct
        void start() {
            System.out.println(SIGN + "post construct");
        }
    }

    /** Cannot be created where there is no web server. */
    @Component
    static class WebComponent {

        WebComponent(ServletContext context) {
            System.out.println(SIGN + "web component in " + context.getClass().getSimpleName());
        }
    }
}
