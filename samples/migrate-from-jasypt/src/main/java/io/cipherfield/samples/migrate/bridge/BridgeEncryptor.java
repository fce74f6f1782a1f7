package io.cipherfield.samples.migrate.bridge;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.util.Calendar;
import java.util.Date;
import java.util.Objects;
import org.jasypt.encryption.pbe.PBEStringEncryptor;

/**
 * Reads what Jasypt and what Cipherfield wrote, and writes as Jasypt did. The application on Hibernate 5 registers one for each attribute, since a
 * ciphertext of format 1 decrypts in its own attribute only. Safe for use by many threads, as Jasypt's own encryptors are.
 */
public final class BridgeEncryptor implements PBEStringEncryptor {

    private final PBEStringEncryptor jasypt;
    private final Keyring keyring;
    private final FieldEncryptor cipherfield;
    private final ValueCodec<?> codec;

    /**
     * @param context of the attribute in the new version, such as {@code Customer.email}
     * @param type of the attribute in the new version
     */
    public BridgeEncryptor(PBEStringEncryptor jasypt, Keyring keyring, String context, Class<?> type) {
        this.jasypt = jasypt;
        this.keyring = keyring;
        this.cipherfield = FieldEncryptor.of(keyring, Suite.AES_SIV, context);
        this.codec = Objects.requireNonNull(ValueCodecs.find(type));
    }

    @Override
    public String encrypt(String message) {
        return jasypt.encrypt(message);
    }

    @Override
    public String decrypt(String stored) {
        CiphertextHeader header = CiphertextHeader.of(stored);
        // Jasypt's random salts begin like a header now and then, and never with a key of this ring.
        if (header == null || keyring.find(header.keyId()) == null) {
            return jasypt.decrypt(stored);
        }
        return asJasyptWrites(codec.decode(cipherfield.decrypt(CiphertextText.decode(stored))));
    }

    /** The text that jasypt-hibernate's types parse. */
    @SuppressWarnings("JavaUtilDate") // Is what their attributes are.
    private static String asJasyptWrites(Object value) {
        if (value instanceof Calendar calendar) {
            return calendar.getTimeInMillis() + " " + calendar.getTimeZone().getID();
        }
        return value instanceof Date date ? Long.toString(date.getTime()) : value.toString();
    }

    @Override
    public void setPassword(String password) {
        jasypt.setPassword(password);
    }
}
