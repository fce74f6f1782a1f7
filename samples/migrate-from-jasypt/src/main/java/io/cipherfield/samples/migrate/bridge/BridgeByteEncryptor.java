package io.cipherfield.samples.migrate.bridge;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.util.Objects;
import org.jasypt.encryption.pbe.PBEByteEncryptor;

/** The same as {@link BridgeEncryptor} for a {@code byte[]}. */
@SuppressWarnings("unchecked") // byte[] has a codec of byte[].
public final class BridgeByteEncryptor implements PBEByteEncryptor {

    private final PBEByteEncryptor jasypt;
    private final Keyring keyring;
    private final FieldEncryptor cipherfield;
    private final ValueCodec<byte[]> codec;

    /** @param context of the attribute in the new version, such as {@code Customer.contract} */
    public BridgeByteEncryptor(PBEByteEncryptor jasypt, Keyring keyring, String context) {
        this.jasypt = jasypt;
        this.keyring = keyring;
        this.cipherfield = FieldEncryptor.of(keyring, Suite.AES_SIV, context);
        this.codec = (ValueCodec<byte[]>) Objects.requireNonNull(ValueCodecs.find(byte[].class));
    }

    @Override
    public byte[] encrypt(byte[] message) {
        return jasypt.encrypt(message);
    }

    @Override
    public byte[] decrypt(byte[] stored) {
        CiphertextHeader header = CiphertextHeader.of(stored);
        return header == null || keyring.find(header.keyId()) == null
                ? jasypt.decrypt(stored)
                : codec.decode(cipherfield.decrypt(stored));
    }

    @Override
    public void setPassword(String password) {
        jasypt.setPassword(password);
    }
}
