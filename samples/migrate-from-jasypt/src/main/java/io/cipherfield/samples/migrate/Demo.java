package io.cipherfield.samples.migrate;

import io.cipherfield.CipherKey;
import io.cipherfield.Setting;
import io.cipherfield.hibernate.reencrypt.Census;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.ReencryptionException;
import io.cipherfield.hibernate.reencrypt.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The whole way from a table that Jasypt wrote to an application without Jasypt, with every claim checked. */
final class Demo {

    private static final int CUSTOMERS = 300;
    private static final int COLUMNS_READ_IN_PLACE = 7;
    private static final String JASYPT_PASSWORD = "the password that Jasypt has";

    private final List<CustomerData> customers = OldApplication.customers(CUSTOMERS);
    private final CipherKey key = CipherKey.generate();
    private final DemoOutput output;

    Demo(PrintStream out) {
        this.output = new DemoOutput(out);
    }

    /** @return whether everything that it claims held */
    boolean run() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("migrate-from-jasypt");
        try {
            String url = "jdbc:h2:file:" + folder.resolve("shop");
            leaveAsJasyptDid(url);
            refuseWrongPassword(url);
            migrate(url);
            startWithoutJasypt(url);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        return output.end();
    }

    private void leaveAsJasyptDid(String url) throws IOException, SQLException {
        output.step("The old application: %,d customers, encrypted by Jasypt in a database file".formatted(CUSTOMERS));
        new OldApplication(JASYPT_PASSWORD).write(url, customers);

        output.step("The columns are made longer");
        String statements = resource("/columns.sql");
        output.text(statements);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private void refuseWrongPassword(String url) {
        output.step(
                "The new application with a wrong Jasypt password: the job looks at every value before it writes one");
        try (RunningApplication application = start(url, "a wrong password")) {
            List<Map<String, @Nullable Object>> before = application.storedRows();
            output.row(before.get(0));
            String refusal = "";
            try {
                application.reencryption().run();
            } catch (ReencryptionException e) {
                refusal = Objects.requireNonNull(e.getMessage());
            }
            output.text(refusal.lines().limit(2).reduce("", (text, line) -> text + line + "\n"));
            output.claim("the job refused to begin", refusal.startsWith("Nothing was written."));
            output.claim("every row is as it was", sameRows(before, application.storedRows()));
        }
    }

    private void migrate(String url) {
        output.step("The right password: numbers in a numeric column move to a column of their own");
        try (RunningApplication application = start(url, JASYPT_PASSWORD)) {
            Report copy = application.copyCreditLimits(output);
            output.text(copy.toText());
            output.claim("every number was copied", copy.successful() && copy.rewritten() == CUSTOMERS);

            output.step("The new application reads what Jasypt wrote");
            output.text(customers.get(0).toString());
            claimAllIsRead(application);

            output.step("The dry run: what the job would do");
            Report dryRun = application.reencryption().dryRun();
            output.text(dryRun.toText());
            output.claim("it would rewrite every value, and none fails", dryRun.fromLegacy() == values());

            output.step("The job");
            Reencryption job = application.reencryption().listener(output);
            Report report = job.run();
            output.text(report.toText());
            output.claim("every value was rewritten", report.successful() && report.fromLegacy() == values());

            output.step("The census: are the readers needed?");
            Census census = application.reencryption().census();
            output.text(census.toText());
            output.claim(
                    "no value needs Jasypt",
                    census.legacy() == 0 && census.remaining(key.id()) == values() + CUSTOMERS);
        }
    }

    private void startWithoutJasypt(String url) {
        output.step("Started again: no reader in the entity, no Jasypt password in the settings");
        try (RunningApplication application = RunningApplication.start(url, key(), "demo", "migrated")) {
            output.row(application.storedRows().get(0));
            claimAllIsRead(application);
        }
    }

    private RunningApplication start(String url, String jasyptPassword) {
        Map<String, String> settings = new HashMap<>(key());
        settings.put("JASYPT_PASSWORD", jasyptPassword);
        return RunningApplication.start(url, settings, "demo");
    }

    private Map<String, String> key() {
        return Map.of(Setting.KEY.property(), key.toBase64());
    }

    private void claimAllIsRead(RunningApplication application) {
        output.claim(
                "all %,d customers are read as they were stored".formatted(CUSTOMERS),
                application.customers().equals(customers));
    }

    private static long values() {
        return (long) CUSTOMERS * COLUMNS_READ_IN_PLACE;
    }

    private static boolean sameRows(
            List<Map<String, @Nullable Object>> before, List<Map<String, @Nullable Object>> after) {
        return before.size() == after.size()
                && IntStream.range(0, before.size())
                        .allMatch(i -> before.get(i).entrySet().stream()
                                .allMatch(column -> Objects.deepEquals(
                                        column.getValue(), after.get(i).get(column.getKey()))));
    }

    private static String resource(String name) throws IOException {
        return new String(
                Objects.requireNonNull(Demo.class.getResourceAsStream(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
