package io.cipherfield.internal.cli;

import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.value.ValueText;

/** Decrypts a value of one context and prints it as its type byte says. */
final class Decrypt implements ValueCommand {

    private final FieldEncryptor encryptor;
    private final ValueText printer;

    Decrypt(Keyring keyring, String context, ValueText printer) {
        this.encryptor = FieldEncryptor.of(keyring, Suite.AES_SIV, context);
        this.printer = printer;
    }

    @Override
    public String apply(String stored) {
        return printer.of(encryptor.decrypt(StoredValue.bytes(stored)));
    }
}
