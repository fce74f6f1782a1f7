package io.cipherfield.spring.clinic;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application as people write it: a repository, a controller, a scheduler, a runner. */
@SpringBootApplication
@EnableScheduling
public class ClinicApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ClinicApplication.class, arguments);
    }
}
