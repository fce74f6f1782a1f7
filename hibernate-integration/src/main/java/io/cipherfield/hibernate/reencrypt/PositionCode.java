package io.cipherfield.hibernate.reencrypt;

import static java.util.Objects.requireNonNull;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.util.List;

/**
 * Writes positions down for the progress table, in ASCII, and reads them again. A key with an encrypted column, which may hold plaintext
 * yet or again, is written encrypted: nothing of it shows there, and another start goes on exactly where this one was. Thread-safe.
 */
final class PositionCode {

    private static final String CONTEXT = "cipherfield.reencryption.position";
    private static final char KEY = ';';
    private static final char ENCRYPTED_KEY = '~';
    private static final char MISSED = '!';
    /** Lengths tell less of short keys. */
    private static final int PADDED_TO_BYTES = 64;

    private final FieldEncryptor encryptor;
    private final ValueCodec<String> codec;

    @SuppressWarnings("unchecked") // found by its class
    private PositionCode(FieldEncryptor encryptor) {
        this.encryptor = encryptor;
        this.codec = (ValueCodec<String>) requireNonNull(ValueCodecs.find(String.class));
    }

    /** Whoever goes on with a run has the same key that encrypts. */
    static PositionCode of(CipherfieldConfiguration configuration) {
        return new PositionCode(FieldEncryptor.of(configuration.keyring(), configuration.suite(), CONTEXT));
    }

    String encode(Position position, List<KeyColumn> key) {
        String pass = position.pass() + (position.missed() ? String.valueOf(MISSED) : "");
        KeyValue after = position.after();
        if (after == null) {
            return pass;
        }
        String text = after.encode(key);
        return key.stream().anyMatch(KeyColumn::secret) ? pass + ENCRYPTED_KEY + encrypted(text) : pass + KEY + text;
    }

    Position decode(String text, List<KeyColumn> key) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != KEY && text.charAt(end) != ENCRYPTED_KEY) {
            end++;
        }
        String pass = text.substring(0, end);
        boolean missed = pass.indexOf(MISSED) > 0;
        int number = Integer.parseInt(missed ? pass.substring(0, pass.length() - 1) : pass);
        if (end == text.length()) {
            return new Position(number, missed, null);
        }
        String after = text.substring(end + 1);
        return new Position(number, missed, KeyValue.decode(text.charAt(end) == KEY ? after : decrypted(after), key));
    }

    private String encrypted(String text) {
        return CiphertextText.encode(encryptor.encrypt(codec.encode(text, PADDED_TO_BYTES)));
    }

    private String decrypted(String text) {
        return codec.decode(encryptor.decrypt(CiphertextText.decode(text)));
    }
}
