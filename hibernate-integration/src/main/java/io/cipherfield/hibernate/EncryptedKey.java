package io.cipherfield.hibernate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.annotations.AttributeBinderType;
import org.hibernate.annotations.MapKeyType;

/**
 * Stores the keys of a map as ciphertext; {@link Encrypted} beside it does so with the values.
 *
 * <pre>{@code
 * @ElementCollection
 * @MapKeyColumn(name = "number", length = 20)
 * @EncryptedKey @Encrypted
 * Map<String, String> owners;
 * }</pre>
 *
 * <p>It goes on the field or the getter that Hibernate reads, on a map of basic values, of embeddables or of entities
 * ({@code @OneToMany}, {@code @ManyToMany}) whose keys have a column of their own. The keys' types are those of {@link Encrypted}.
 * For keys that are embeddables, put {@code @Encrypted(deterministic = true)} on the embeddable's attributes.
 *
 * <p>Keys are always deterministic (AES-SIV, RFC 5297), since Hibernate finds an entry's row by its key: whoever can read the
 * database sees which entries have equal keys. While the ring holds several keys, a change of the map finds its rows under each of
 * them. {@code @MapKeyColumn(length = n)} is the plaintext's length, as in {@link Encrypted}.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@MapKeyType(EncryptedKeyType.class)
@AttributeBinderType(binder = EncryptedKeyBinder.class)
public @interface EncryptedKey {

    /** What is bound to each ciphertext: by default {@code <simple name of the declaring class>.<attribute>#key}. */
    String context() default "";

    /** Contexts from before a rename, whose keys are found too, as {@link Encrypted#formerContexts()}. */
    String[] formerContexts() default {};

    /** The kind of column. */
    Storage storage() default Storage.AUTO;
}
