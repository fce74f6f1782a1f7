package shop;

import org.jasypt.encryption.pbe.StandardPBEByteEncryptor;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.hibernate5.encryptor.HibernatePBEBigDecimalEncryptor;
import org.jasypt.hibernate5.encryptor.HibernatePBEByteEncryptor;
import org.jasypt.hibernate5.encryptor.HibernatePBEStringEncryptor;
import org.jasypt.iv.RandomIvGenerator;

/** The registered encryptors that the types name, with the password from the environment. */
public final class Encryptors {

    private static final String ALGORITHM = "PBEWITHHMACSHA512ANDAES_256";

    private Encryptors() {}

    static void register(String password) {
        HibernatePBEStringEncryptor hibernateStrings = new HibernatePBEStringEncryptor();
        hibernateStrings.setRegisteredName("strings");
        hibernateStrings.setEncryptor(strings(password));

        HibernatePBEByteEncryptor hibernateBytes = new HibernatePBEByteEncryptor();
        hibernateBytes.setRegisteredName("bytes");
        hibernateBytes.setEncryptor(bytes(password));

        HibernatePBEBigDecimalEncryptor numbers = new HibernatePBEBigDecimalEncryptor();
        numbers.setRegisteredName("numbers");
        numbers.setPassword(password);
    }

    public static StandardPBEStringEncryptor strings(String password) {
        StandardPBEStringEncryptor strings = new StandardPBEStringEncryptor();
        strings.setAlgorithm(ALGORITHM);
        strings.setIvGenerator(new RandomIvGenerator());
        strings.setPassword(password);
        return strings;
    }

    public static StandardPBEByteEncryptor bytes(String password) {
        StandardPBEByteEncryptor bytes = new StandardPBEByteEncryptor();
        bytes.setAlgorithm(ALGORITHM);
        bytes.setIvGenerator(new RandomIvGenerator());
        bytes.setPassword(password);
        return bytes;
    }
}
