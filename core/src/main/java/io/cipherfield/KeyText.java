package io.cipherfield;

import io.cipherfield.internal.cipher.Pbkdf2;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a key from text. Each way in which people get it wrong has an error of its own, which never shows the text. */
final class KeyText {

    static final String GENERATE = "Generate a key with: openssl rand -base64 32";

    private static final String PASSPHRASE_PREFIX = "passphrase:";
    private static final int PASSPHRASE_ITERATIONS = 1_000_000;
    private static final int MIN_SALT_CHARS = 8;
    private static final int MIN_PASSPHRASE_CHARS = 20;

    private static final int BASE64_CHARS_UNPADDED = 43;
    private static final int FEWEST_CAPITALS_OF_BASE64 = 5;
    private static final int HEX_DIGITS = 2 * CipherKey.LENGTH_IN_BYTES;
    private static final Pattern HEX = Pattern.compile("(?:0[xX])?[0-9a-fA-F]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");
    private static final Pattern NO_BASE64 = Pattern.compile("[^A-Za-z0-9+/_-]+");
    private static final Pattern PATH =
            Pattern.compile("(?:file:|[~.]{0,2}[/\\\\]|[A-Za-z]:[/\\\\]).*|.*\\.(?:txt|key|pem|secret)");
    private static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019";

    private KeyText() {}

    /** @param origin begins a sentence: where the text comes from */
    static CipherKey parse(String text, String origin) {
        String key = text.strip();
        if (key.isEmpty()) {
            throw new ConfigurationException(origin + " is set, but empty.", GENERATE);
        }
        if (QUOTES.indexOf(key.charAt(0)) >= 0 || QUOTES.indexOf(key.charAt(key.length() - 1)) >= 0) {
            throw new ConfigurationException(
                    origin + " starts or ends with a quotation mark that a shell or an .env file left in it.",
                    "Remove the quotation marks: they are not part of the key.");
        }
        if (key.startsWith(PASSPHRASE_PREFIX)) {
            return passphrase(key, origin);
        }
        byte[] bytes = bytes(key, origin);
        refuseAllTheSame(bytes, origin);
        try {
            return CipherKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(String key, String origin) {
        if (HEX.matcher(key).matches()) {
            byte[] fromHex = hex(key, origin);
            if (fromHex != null) {
                return fromHex;
            }
        }
        byte[] fromBase64 = base64(key);
        if (fromBase64 != null && fromBase64.length == CipherKey.LENGTH_IN_BYTES) {
            return fromBase64;
        }
        if (PATH.matcher(key).matches() && !mayBeCutBase64(key)) {
            throw new ConfigurationException(
                    origin + " looks like the path of a file, where the key itself belongs.",
                    "Set " + Setting.KEY_FILE.environmentVariable() + " (or " + Setting.KEY_FILE.property()
                            + ") to the path instead, or "
                            + Setting.DECRYPT_ONLY_KEYS_FILE.environmentVariable() + " for keys that only decrypt.");
        }
        throw wrongLength(key, fromBase64, origin);
    }

    /** Null if the digits may be meant as base64. */
    private static byte @Nullable [] hex(String key, String origin) {
        String digits = key.startsWith("0x") || key.startsWith("0X") ? key.substring(2) : key;
        if (digits.length() == HEX_DIGITS) {
            return HexFormat.of().parseHex(digits);
        }
        if (digits.length() == BASE64_CHARS_UNPADDED) {
            return null;
        }
        throw new ConfigurationException(
                origin + " has " + digits.length() + " hexadecimal digits; a key has " + HEX_DIGITS + ", that is "
                        + CipherKey.LENGTH_IN_BYTES + " bytes.",
                "Check that it was copied whole. " + GENERATE);
    }

    /** Null if the text is not base64 or base64url, or not canonical: unused bits of the last character are not zero. */
    private static byte @Nullable [] base64(String key) {
        if (!BASE64.matcher(key).matches()) {
            return null;
        }
        String unpadded = key.replace("=", "").replace('+', '-').replace('/', '_');
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(unpadded);
            String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return canonical.equals(unpadded) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A key in base64 may itself start with a slash and hold more of them; but hardly one has as few capitals as a path. */
    private static boolean mayBeCutBase64(String key) {
        return BASE64.matcher(key).matches()
                && key.length() > CipherKey.LENGTH_IN_BYTES
                && key.chars().filter(c -> c >= 'A' && c <= 'Z').count() >= FEWEST_CAPITALS_OF_BASE64;
    }

    private static ConfigurationException wrongLength(String key, byte @Nullable [] decoded, String origin) {
        if (!BASE64.matcher(key).matches()) {
            return new ConfigurationException(
                    origin + " is no key: it holds characters that neither base64 nor hexadecimal has.",
                    "A key is 32 bytes in base64 (44 characters), or 64 hexadecimal digits; a passphrase must say that it is one: "
                            + "passphrase:<salt>:<text>. " + GENERATE);
        }
        int characters = key.replace("=", "").length();
        // With "==" behind them, 42 characters are whole: 31 bytes.
        boolean whole = decoded != null && key.endsWith("==");
        if (characters == BASE64_CHARS_UNPADDED - 1 && !whole) {
            return new ConfigurationException(
                    origin + " is one character short: it was cut when it was copied.",
                    "Copy it again, whole: 43 characters and, perhaps, a '=' at the end.");
        }
        if (characters == BASE64_CHARS_UNPADDED) {
            return new ConfigurationException(
                    origin + " is damaged base64: its last character cannot be right.",
                    "Copy it again, whole: 43 characters and, perhaps, a '=' at the end.");
        }
        if (decoded == null) {
            return new ConfigurationException(
                    origin + " has " + characters + " characters of base64; a key has " + BASE64_CHARS_UNPADDED
                            + " and, perhaps, a '=' at the end.",
                    "Check that it was copied whole. " + GENERATE);
        }
        return new ConfigurationException(
                origin + " is " + decoded.length + " bytes in base64; a key is " + CipherKey.LENGTH_IN_BYTES + ".",
                "Check that it was copied whole, and that it is a key for this library. " + GENERATE);
    }

    private static void refuseAllTheSame(byte[] bytes, String origin) {
        for (byte b : bytes) {
            if (b != bytes[0]) {
                return;
            }
        }
        throw new ConfigurationException(
                origin + " is a placeholder: all its bytes are the same, so that anyone could guess it.", GENERATE);
    }

    private static CipherKey passphrase(String key, String origin) {
        int separator = key.indexOf(':', PASSPHRASE_PREFIX.length());
        if (separator < 0) {
            throw new ConfigurationException(
                    origin + " starts with 'passphrase:', but no salt and text follow.",
                    "Write passphrase:<salt of 8 characters or more>:<text of 20 or more>.");
        }
        String salt = key.substring(PASSPHRASE_PREFIX.length(), separator);
        String text = key.substring(separator + 1);
        if (salt.length() < MIN_SALT_CHARS) {
            throw new ConfigurationException(
                    origin + " is a passphrase whose salt has " + salt.length() + " characters; it needs "
                            + MIN_SALT_CHARS + ".",
                    "Put any text that no one else uses between the colons, the name of the installation for example.");
        }
        if (text.length() < MIN_PASSPHRASE_CHARS) {
            throw new ConfigurationException(
                    origin + " is a passphrase of " + text.length() + " characters; it needs " + MIN_PASSPHRASE_CHARS
                            + ".",
                    "Use six random words or more, or better a random key. " + GENERATE);
        }
        byte[] derived = Pbkdf2.derive(
                text.toCharArray(),
                salt.getBytes(StandardCharsets.UTF_8),
                PASSPHRASE_ITERATIONS,
                CipherKey.LENGTH_IN_BYTES);
        try {
            return CipherKey.of(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /**
     * Whether a text that should be a path may hold a key, whole, cut, quoted or as one of a list, and so must not be shown:
     * there is no such file, and it does not look like a path or has a run of characters as long as a key's.
     */
    static boolean mayHoldKey(String text) {
        return text.contains(PASSPHRASE_PREFIX)
                || (!exists(text)
                        && (!PATH.matcher(text).matches()
                                || NO_BASE64
                                        .splitAsStream(text)
                                        .anyMatch(run -> run.length() >= CipherKey.LENGTH_IN_BYTES)));
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static boolean isPassphrase(String text) {
        return text.strip().startsWith(PASSPHRASE_PREFIX);
    }
}
