package io.cipherfield.samples.vault;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves the vault; with {@code --demo} shows on the terminal what it does, with keys and a database of its own. */
@SpringBootApplication
public class CredentialVault {

    public static void main(String[] args) {
        if (List.of(args).contains("--demo")) {
            System.exit(new Demo(System.out).run() ? 0 : 1);
        }
        SpringApplication.run(CredentialVault.class, args);
    }
}
