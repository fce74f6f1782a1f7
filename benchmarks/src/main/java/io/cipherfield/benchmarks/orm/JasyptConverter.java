package io.cipherfield.benchmarks.orm;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.iv.RandomIvGenerator;
import org.jspecify.annotations.Nullable;

/** The second peer: Jasypt's strongest algorithm, which derives its key anew for each value. */
@Converter
public class JasyptConverter implements AttributeConverter<String, String> {

    private static final StandardPBEStringEncryptor ENCRYPTOR = encryptor();

    private static StandardPBEStringEncryptor encryptor() {
        StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
        encryptor.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
        encryptor.setIvGenerator(new RandomIvGenerator());
        encryptor.setPassword("a password of a benchmark");
        return encryptor;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable String value) {
        return value == null ? null : ENCRYPTOR.encrypt(value);
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable String stored) {
        return stored == null ? null : ENCRYPTOR.decrypt(stored);
    }
}
