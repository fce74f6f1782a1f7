package io.cipherfield.internal.cli;

import io.cipherfield.CiphertextText;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ciphertext as an export holds it: the text form as it is, and binary columns as clients print them.
 *
 * <pre>
 * zwE…             text form (base64url)
 * zwE…=            base64 of the bytes, with or without padding
 * cf01…  \xcf01…  \\xcf01…  0xCF01…  X'CF01…'   hex, as psql, COPY, H2, MariaDB and others print it
 * </pre>
 */
final class StoredValue {

    private static final Pattern HEX =
            Pattern.compile("(?:\\\\{1,2}x|0x)?([cC][fF](?:[0-9a-fA-F]{2})+)|[xX]'([cC][fF](?:[0-9a-fA-F]{2})+)'");
    private static final Pattern STANDARD_BASE64 = Pattern.compile("z[A-Za-z0-9+/]+={0,2}");

    private StoredValue() {}

    /** Whether an export's field stands for NULL: it is empty, or what COPY and the MariaDB client write. */
    static boolean isNull(String field) {
        return field.isEmpty() || field.equals("\\N") || field.equals("NULL");
    }

    /** @throws io.cipherfield.DecryptionException if the field is no ciphertext in any of the forms */
    static byte[] bytes(String field) {
        Matcher hex = HEX.matcher(field);
        if (hex.matches()) {
            return HexFormat.of().parseHex(hex.group(1) != null ? hex.group(1) : hex.group(2));
        }
        if (isStandardBase64(field)) {
            try {
                return Base64.getDecoder().decode(field);
            } catch (IllegalArgumentException e) {
                // Neither this form nor the text form, which says so in words of its own.
                return CiphertextText.decode(field);
            }
        }
        return CiphertextText.decode(field);
    }

    /** What could be both is read as the text form, which is the stricter one. */
    private static boolean isStandardBase64(String field) {
        return (field.indexOf('+') >= 0 || field.indexOf('/') >= 0 || field.endsWith("="))
                && STANDARD_BASE64.matcher(field).matches();
    }

    /** How the field holds the bytes, for a person. */
    static String form(String field) {
        if (HEX.matcher(field).matches()) {
            return "hex";
        }
        return isStandardBase64(field) ? "base64" : "text";
    }
}
