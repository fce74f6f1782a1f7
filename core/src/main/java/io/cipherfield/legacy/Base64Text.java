package io.cipherfield.legacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 (RFC 4648) in its one canonical form: the runtime's decoder passes over bits behind the last byte and over missing padding, so that a changed
 * text could still decode to the same bytes.
 */
final class Base64Text {

    static final Base64Text STANDARD = new Base64Text(Base64.getDecoder(), Base64.getEncoder());
    static final Base64Text URL_SAFE = new Base64Text(Base64.getUrlDecoder(), Base64.getUrlEncoder());
    static final Base64Text URL_SAFE_WITHOUT_PADDING =
            new Base64Text(Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());

    private final Base64.Decoder decoder;
    private final Base64.Encoder encoder;

    private Base64Text(Base64.Decoder decoder, Base64.Encoder encoder) {
        this.decoder = decoder;
        this.encoder = encoder;
    }

    byte @Nullable [] decode(byte[] text) {
        try {
            byte[] bytes = decoder.decode(text);
            return Arrays.equals(encoder.encode(bytes), text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    byte @Nullable [] decode(String text) {
        return decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
