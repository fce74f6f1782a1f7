package io.cipherfield.internal.cli;

import io.cipherfield.CipherKey;
import io.cipherfield.ConfigurationException;
import io.cipherfield.Keyring;
import io.cipherfield.SettingSource;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code java -jar cipherfield-core-<version>.jar}: makes keys, and reads ciphertexts without the application. */
public final class RecoveryKit {

    private final SettingSource settings;
    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;

    RecoveryKit(SettingSource settings, InputStream in, OutputStream out, PrintStream err) {
        this.settings = settings;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        // Not System.out: it would hide a full disk.
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new RecoveryKit(SettingSource.environment(), System.in, out, err).run(arguments));
    }

    /** @return one of {@link ExitStatus} */
    int run(String... arguments) {
        try {
            int status = execute(Arguments.parse(arguments));
            out.flush();
            return status;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("Say --help for help.");
            return ExitStatus.WRONG_USAGE;
        } catch (ConfigurationException | CsvException e) {
            return couldNotRun(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // Whoever reads has seen enough, as in: decrypt | head.
            return isBrokenPipe(e) ? ExitStatus.ALL_DONE : couldNotRun("Input or output failed: " + e.getMessage());
        }
    }

    private int execute(Arguments arguments) throws IOException {
        switch (arguments.command()) {
            case Arguments.GENERATE_KEY -> generateKey();
            case Arguments.KEY_ID -> keyIds();
            case Arguments.INSPECT -> {
                return process(arguments, new Inspect());
            }
            case Arguments.DECRYPT -> {
                return process(arguments, new Decrypt(keyring(), arguments.context(), arguments.bytes()));
            }
            default -> print(Help.TEXT);
        }
        return ExitStatus.ALL_DONE;
    }

    private void generateKey() throws IOException {
        CipherKey key = CipherKey.generate();
        print(key.toBase64() + "\n");
        err.println("Its id is " + key.id()
                + ". Keep it where passwords are kept, and a copy where the database's backups are not.");
    }

    private void keyIds() throws IOException {
        Keyring keyring = keyring();
        for (CipherKey key : keyring.keys()) {
            print(key.id() + (key.equals(keyring.primary()) ? " encrypts and decrypts\n" : " only decrypts\n"));
        }
    }

    private Keyring keyring() {
        Keyring keyring = Keyring.from(settings);
        keyring.notices().forEach(err::println);
        return keyring;
    }

    private int process(Arguments arguments, ValueCommand command) throws IOException {
        Failures failures = new Failures(err);
        try {
            if (arguments.csv()) {
                new CsvColumn(arguments.column(), arguments.delimiter()).process(in, out, command, failures);
            } else {
                Lines.process(in, out, command, failures);
            }
        } finally {
            // What was decrypted before the input turned out to be broken is worth having.
            out.flush();
        }
        if (failures.count() == 0) {
            return ExitStatus.ALL_DONE;
        }
        err.println(failures.count() + " failed; they are marked with '\\!' in the output.");
        return ExitStatus.SOME_VALUES_FAILED;
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private int couldNotRun(String message) {
        err.println(message);
        return ExitStatus.COULD_NOT_RUN;
    }

    private static boolean isBrokenPipe(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("pipe is being closed");
    }
}
