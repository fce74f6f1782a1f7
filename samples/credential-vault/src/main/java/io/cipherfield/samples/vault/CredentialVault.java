package io.cipherfield.samples.vault;

import java.io.IOException;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Serves the vault; with {@code --demo} shows on the terminal what it does, with keys and a database of its own, and with
 * {@code --live-rotation} rotates the key of many rows while they are being changed.
 */
@SpringBootApplication
public class CredentialVault {

    public static void main(String[] args) throws IOException {
        if (List.of(args).contains("--demo")) {
            System.exit(new Demo(System.out).run() ? 0 : 1);
        }
        if (List.of(args).contains("--live-rotation")) {
            System.exit(LiveRotation.of(System.out, args).run() ? 0 : 1);
        }
        SpringApplication.run(CredentialVault.class, args);
    }
}
