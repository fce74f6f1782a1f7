package io.cipherfield.internal.cli;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.DecryptionException;

/** Says what a value's header tells anyone, without a key. */
final class Inspect implements ValueCommand {

    @Override
    public String apply(String stored) {
        byte[] bytes = StoredValue.bytes(stored);
        CiphertextHeader header = CiphertextHeader.of(bytes);
        if (header == null) {
            throw new DecryptionException(
                    DecryptionException.Reason.NOT_CIPHERTEXT,
                    null,
                    "The value is not ciphertext: it does not start with the header of a known cipher suite, or is too short.");
        }
        int plaintext = bytes.length - header.suite().overheadInBytes() - 1;
        return "format 1, suite " + header.suite().label() + ", key " + header.keyId() + ", " + StoredValue.form(stored)
                + ", " + bytes.length + " bytes, value with padding " + plaintext + " bytes";
    }
}
