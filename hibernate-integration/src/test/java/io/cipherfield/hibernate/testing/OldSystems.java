package io.cipherfield.hibernate.testing;

import io.cipherfield.SettingSource;
import io.cipherfield.hibernate.internal.stored.StoredForm;
import io.cipherfield.legacy.LegacyReaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.properties.PropertyValueEncryptionUtils;
import org.jasypt.salt.StringFixedSaltGenerator;

/**
 * What other systems wrote before, by Jasypt itself and as Fernet's specification says, all under one password, and the readers that an
 * application configures for them: {@code sealed} for {@code ENC(…)}, {@code token} for Redash's Fernet tokens, {@code owned} for Jasypt's texts without a mark;
 * {@code fixed} and {@code fixed-owner} for both of Jasypt's where a fixed salt gives equal values equal texts.
 */
public final class OldSystems {

    /** Under the password of the readers that are right. */
    public static final OldSystems KNOWN = new OldSystems("old password");

    /** Under another one. */
    public static final OldSystems UNKNOWN = new OldSystems("another password");

    private static final String SALT = "a fixed salt";

    private final String password;
    private final StandardPBEStringEncryptor jasypt = new StandardPBEStringEncryptor();
    private final StandardPBEStringEncryptor jasyptWithFixedSalt = new StandardPBEStringEncryptor();

    private OldSystems(String password) {
        this.password = password;
        jasypt.setPassword(password);
        jasyptWithFixedSalt.setPassword(password);
        jasyptWithFixedSalt.setSaltGenerator(new StringFixedSaltGenerator(SALT));
    }

    /** As an application has them in its settings. */
    public LegacyReaders readers() {
        Map<String, String> settings = new HashMap<>();
        for (String name : new String[] {"sealed", "owned", "fixed", "fixed-owner"}) {
            String prefix = "cipherfield.legacy.jasypt." + name;
            settings.put(prefix + ".password", password);
            settings.put(prefix + ".wrapped", Boolean.toString(name.equals("sealed") || name.equals("fixed")));
            settings.put(prefix + ".salt", name.startsWith("fixed") ? "fixed:" + SALT : "random");
        }
        settings.put("cipherfield.legacy.redash.token.secret", password);
        return LegacyReaders.from(SettingSource.properties(settings));
    }

    public String sealed(String value) {
        return PropertyValueEncryptionUtils.encrypt(value, jasypt);
    }

    /** None that starts like a ciphertext by chance, as one in 22,000 does: these have tests of their own. And none like a token. */
    public String owned(String value) {
        String text;
        do {
            text = jasypt.encrypt(value);
        } while (StoredForm.header(text) != null || text.startsWith("gAAAA"));
        return text;
    }

    public String fixed(String value) {
        return PropertyValueEncryptionUtils.encrypt(value, jasyptWithFixedSalt);
    }

    public String fixedOwner(String value) {
        return jasyptWithFixedSalt.encrypt(value);
    }

    /** As {@code cryptography.fernet.Fernet(key).encrypt(value)}. */
    public String token(String value) {
        byte[] iv = new byte[16];
        new SecureRandom().nextBytes(iv);
        try {
            byte[] key = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 16, 16, "AES"), new IvParameterSpec(iv));
            byte[] ciphertext = cipher.doFinal(value.getBytes(StandardCharsets.UTF_8));
            byte[] signed = ByteBuffer.allocate(1 + Long.BYTES + iv.length + ciphertext.length)
                    .put((byte) 0x80)
                    .putLong(System.currentTimeMillis() / 1000)
                    .put(iv)
                    .put(ciphertext)
                    .array();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, 0, 16, "HmacSHA256"));
            byte[] signature = mac.doFinal(signed);
            return Base64.getUrlEncoder()
                    .encodeToString(ByteBuffer.allocate(signed.length + signature.length)
                            .put(signed)
                            .put(signature)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
