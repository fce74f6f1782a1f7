package io.cipherfield.samples.vault;

import io.cipherfield.CipherKey;
import io.cipherfield.KeyId;
import io.cipherfield.hibernate.reencrypt.Census;
import io.cipherfield.hibernate.reencrypt.Report;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Stores connections, shows them as the application and as the database see them, rotates the key and does without the old. */
final class Demo {

    private static final int CONNECTIONS = 5_000;
    private static final int SECRETS_OF_A_CONNECTION = 6;
    private static final int PAGE_IN_ROWS = 1_000;

    private final CipherKey oldKey = CipherKey.generate();
    private final CipherKey newKey = CipherKey.generate();
    private final List<Credentials> connections =
            IntStream.range(0, CONNECTIONS).mapToObj(Demo::connection).toList();
    private final DemoOutput output;

    Demo(PrintStream out) {
        this.output = new DemoOutput(out);
    }

    static Credentials connection(int number) {
        return new Credentials(
                "warehouse-" + number,
                "jdbc:mariadb://db/sales?password=url-secret-" + number,
                "sales-user-" + number,
                "password-" + number,
                "oauth-token-" + number,
                "api-key-" + number,
                LocalDate.of(2030, 1, 1).plusDays(number));
    }

    /** @return whether everything that it claims held */
    boolean run() {
        output.introduction(
                "The vault, three times in this process, on a database in memory, with keys made for this run.");
        try (DemoVault vault = DemoVault.start(DemoVault.IN_MEMORY, oldKey)) {
            vault.store(connections);
            showApplication(vault);
            showDatabase(vault);
        }
        try (DemoVault vault = DemoVault.start(DemoVault.IN_MEMORY, newKey, oldKey)) {
            rotate(vault);
        }
        try (DemoVault vault = DemoVault.start(DemoVault.IN_MEMORY, newKey)) {
            output.step("Started again with key " + newKey.id() + " alone");
            claimEncryptedWith(newKey.id(), vault);
            claimAllIsRead(vault);
        }
        return output.end();
    }

    private void showApplication(DemoVault vault) {
        output.step("The application: one of %,d connections, read with key %s".formatted(CONNECTIONS, oldKey.id()));
        output.connection(vault.credentials().get(0));
        claimAllIsRead(vault);
    }

    private void showDatabase(DemoVault vault) {
        output.step("The database: the same row, read by plain JDBC");
        StoredRow row = vault.storedRows().get(0);
        output.row(row);
        output.text(
                "A ciphertext begins with its format, cipher and key: cf01%s, and in text columns the same in base64."
                        .formatted(oldKey.id()));
        output.claim("its name is stored as it is", row.shows(connections.get(0).name()));
        claimEncryptedWith(oldKey.id(), vault);
    }

    private void rotate(DemoVault vault) {
        output.step("Before the rotation: what is stored");
        Census before = vault.reencryption().census();
        output.text(before.toText());
        output.claim("every value has key " + oldKey.id(), before.remaining(oldKey.id()) == values());

        output.step("The rotation: key %s encrypts, key %s only decrypts".formatted(newKey.id(), oldKey.id()));
        Report report =
                vault.reencryption().pageSize(PAGE_IN_ROWS).listener(output).run();
        output.text(report.toText());
        output.claim("every value was rewritten", report.successful() && report.rewritten() == values());

        output.step("After the rotation: what is stored");
        Census after = vault.reencryption().census();
        output.text(after.toText());
        output.claim("no value has key " + oldKey.id(), after.remaining(oldKey.id()) == 0);
        output.claim("every value has key " + newKey.id(), after.remaining(newKey.id()) == values());
    }

    private static long values() {
        return (long) CONNECTIONS * SECRETS_OF_A_CONNECTION;
    }

    private void claimEncryptedWith(KeyId key, DemoVault vault) {
        List<StoredRow> rows = vault.storedRows();
        output.claim(
                "in %,d rows, every secret is a ciphertext of key %s".formatted(rows.size(), key),
                rows.size() == CONNECTIONS && rows.stream().allMatch(row -> row.isEncryptedWith(key)));
        output.claim(
                "in %,d rows, no secret stands in clear".formatted(rows.size()),
                IntStream.range(0, rows.size()).noneMatch(i -> rows.get(i).showsASecretOf(connections.get(i))));
    }

    private void claimAllIsRead(DemoVault vault) {
        output.claim(
                "all %,d connections are read as they were stored".formatted(CONNECTIONS),
                vault.credentials().equals(connections));
    }
}
