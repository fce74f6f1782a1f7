package io.cipherfield.internal.cli;

import io.cipherfield.value.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command line, checked: a command, then options. No option takes a key, and nothing of what is refused is repeated. */
final class Arguments {

    static final String GENERATE_KEY = "generate-key";
    static final String KEY_ID = "key-id";
    static final String INSPECT = "inspect";
    static final String DECRYPT = "decrypt";
    static final String HELP = "--help";

    private static final String CSV = "--csv";
    private static final String COLUMN = "--column";
    private static final String DELIMITER = "--delimiter";
    private static final String CONTEXT = "--context";
    private static final String BYTES = "--bytes";

    private static final Set<String> FOR_VALUES = Set.of(CSV, COLUMN, DELIMITER);
    private static final Set<String> FOR_DECRYPT = Set.of(CSV, COLUMN, DELIMITER, CONTEXT, BYTES);
    private static final Map<String, Set<String>> OPTIONS =
            Map.of(GENERATE_KEY, Set.of(), KEY_ID, Set.of(), INSPECT, FOR_VALUES, DECRYPT, FOR_DECRYPT);
    /** Half a key in base64 or hex, or what someone would call a key. */
    private static final Pattern LIKE_A_KEY = Pattern.compile("[A-Za-z0-9+/=_-]{22,}|passphrase:.*|-{0,2}key(=.*)?");

    private final String command;
    private final Map<String, String> options;

    private Arguments(String command, Map<String, String> options) {
        this.command = command;
        this.options = options;
    }

    /** @throws UsageException with what is wrong */
    static Arguments parse(String... arguments) {
        if (arguments.length == 0) {
            throw new UsageException("A command is missing.");
        }
        if (Arrays.asList(arguments).contains(HELP)) {
            return new Arguments(HELP, Map.of());
        }
        Set<String> allowed = OPTIONS.get(arguments[0]);
        if (allowed == null) {
            throw refused("The first argument is no command", arguments[0]);
        }
        Map<String, String> options = new HashMap<>();
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        for (int i = 0; i < rest.size(); i++) {
            int equals = rest.get(i).startsWith("--") ? rest.get(i).indexOf('=') : -1;
            String name = equals < 0 ? rest.get(i) : rest.get(i).substring(0, equals);
            if (!allowed.contains(name)) {
                throw refused("Argument " + (i + 2) + " is no option of " + arguments[0], rest.get(i));
            }
            String value = "";
            if (equals >= 0) {
                value = rest.get(i).substring(equals + 1);
            } else if (!name.equals(CSV)) {
                if (++i == rest.size()) {
                    throw new UsageException(name + " needs a value.");
                }
                value = rest.get(i);
            }
            if (options.put(name, value) != null) {
                throw new UsageException(name + " is given twice.");
            }
        }
        return checked(new Arguments(arguments[0], options));
    }

    private static UsageException refused(String what, String argument) {
        return new UsageException(
                LIKE_A_KEY.matcher(argument).matches()
                        ? what
                                + ", and may be a key or a value. Keys come from the environment variable CIPHERFIELD_KEY or a file,"
                                + " since every user of this machine can see arguments: if it was a key, treat it as known to"
                                + " others. Values come from standard input."
                        : what + ".");
    }

    private static Arguments checked(Arguments arguments) {
        if (arguments.csv() != arguments.options.containsKey(COLUMN)) {
            throw new UsageException("--csv and --column belong together.");
        }
        if (!arguments.csv() && arguments.options.containsKey(DELIMITER)) {
            throw new UsageException("--delimiter belongs to --csv.");
        }
        if (arguments.command.equals(DECRYPT) && arguments.context().isEmpty()) {
            throw new UsageException(
                    "decrypt needs --context, for example --context Patient.ssn: the declaring class and the"
                            + " attribute, or what the annotation says.");
        }
        arguments.delimiter();
        arguments.bytes();
        return arguments;
    }

    String command() {
        return command;
    }

    boolean csv() {
        return options.containsKey(CSV);
    }

    String column() {
        return options.getOrDefault(COLUMN, "");
    }

    String context() {
        return options.getOrDefault(CONTEXT, "");
    }

    byte delimiter() {
        String text = options.getOrDefault(DELIMITER, ",");
        byte[] bytes = (text.equals("\\t") || text.equals("tab") ? "\t" : text).getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1 || bytes[0] < 0 || "\"\r\n".indexOf(bytes[0]) >= 0) {
            throw new UsageException("--delimiter is one ASCII character, or 'tab'.");
        }
        return bytes[0];
    }

    ValueText bytes() {
        @Nullable String form = options.get(BYTES);
        if (form == null || form.equals("base64")) {
            return ValueText.BYTES_AS_BASE64;
        }
        if (form.equals("hex")) {
            return ValueText.BYTES_AS_HEX;
        }
        throw new UsageException("--bytes is 'base64' or 'hex'.");
    }
}
