package io.cipherfield.hibernate;

import java.util.Properties;
import org.hibernate.type.spi.TypeConfiguration;

/** The Hibernate type behind {@link EncryptedKey}: of a map that has both annotations, either type sees both, and takes its own. */
public final class EncryptedKeyType extends EncryptedUserType {

    /** For Hibernate. */
    public EncryptedKeyType() {}

    @Override
    EncryptedAttribute create(Properties parameters, TypeConfiguration typeConfiguration) {
        return AttributeFactory.createKey(parameters, typeConfiguration);
    }
}
