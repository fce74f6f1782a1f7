package io.cipherfield.hibernate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.annotations.AttributeBinderType;
import org.hibernate.annotations.Type;

/**
 * Stores an attribute as ciphertext. Entities see the plaintext; the database, its backups, its logs and Hibernate's caches
 * hold what the key in {@code CIPHERFIELD_KEY} encrypted.
 *
 * <pre>{@code
 * @Entity
 * class Patient {
 *     @Id @GeneratedValue Long id;
 *     @Encrypted String ssn;                                   // varchar column
 *     @Encrypted LocalDate born;                               // binary column
 *     @Encrypted @Column(length = 4000) String history;        // up to 4000 characters of plaintext
 * }
 * }</pre>
 *
 * <p>It goes on the field or the getter that Hibernate reads, in entities, mapped superclasses and embeddables; on a list
 * of basic values it encrypts each element, on a map each value ({@link EncryptedKey} each key); on a Set it must be
 * {@link #deterministic()}, since rows are found by it. Types: String, {@code char[]}, {@code byte[]}, the primitives and their wrappers, BigInteger,
 * BigDecimal, UUID, enums, {@code java.time}, {@code java.util.Date}, Calendar, Locale, Currency, URL, ZoneId, and what is stored as JSON (below). Null stays SQL
 * NULL. The same value encrypted twice gives two ciphertexts, so the attribute cannot be searched, sorted or grouped by, unless
 * it is {@link #deterministic}; what would need that is refused.
 *
 * <p>{@code @Column(length = n)} is the plaintext's length: characters, bytes of a {@code byte[]}, decimal digits of a BigInteger
 * or BigDecimal (there also {@code precision}); all other types ignore it. The column is made as long as the ciphertext needs, and a longer plaintext is refused before
 * it reaches JDBC. With {@code @Lob} or {@code columnDefinition} only the real column is the limit.
 *
 * <p>A record, a class, a List, Set, Map or Collection (or a class of {@code java.util} that implements one), or an array is <b>stored as one JSON document</b>,
 * {@code List<String>} too unless {@code @ElementCollection} maps its elements. Hibernate's {@code FormatMapper} writes it, hence the
 * application's Jackson 2 (Jackson 3 on Hibernate 7.4), or what {@code hibernate.type.json_format_mapper} names; without one the application does
 * not start. What the mapper does not write is not stored, and for {@code java.time} Jackson 2 wants its module jackson-datatype-jsr310. Changes
 * within the object are seen. All classes must be concrete, since none is ever loaded by a name in the data: {@code Object}, interfaces, abstract classes,
 * wildcards, entities, Optional, streams and {@code java.sql} types are refused when the application starts, and an object of a subclass when it is written.
 * A map's keys are strings, numbers, dates, UUIDs or enums. {@code @Column(length = n)} counts the characters of the JSON text; without
 * one, and with 255, which is {@code @Column}'s default, only the real column is the limit.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Type(EncryptedUserType.class)
@AttributeBinderType(binder = EncryptedColumnBinder.class)
public @interface Encrypted {

    /**
     * Whether equal values get equal ciphertexts (AES-SIV, RFC 5297), so that the attribute can be searched by equality, unique,
     * joined and grouped by. Whoever can read the database then sees which rows are equal, and how often each value occurs: it is for values
     * that hardly repeat, such as a tax number. While the ring holds several keys it is compared with values only. Values are equal if their {@code equals} says so: strings by case, decimals by
     * scale ({@code 1.0} is not {@code 1.00}), times with an offset by that too. Not for values that are stored as JSON, and not
     * together with {@link #padTo}.
     */
    boolean deterministic() default false;

    /**
     * What is bound to each ciphertext so that it decrypts in this attribute only: by default
     * {@code <simple name of the declaring class>.<attribute>}. When class or attribute are renamed, pin the old name here.
     */
    String context() default "";

    /** The kind of column. */
    Storage storage() default Storage.AUTO;

    /**
     * What to do with a stored value that is not ciphertext, and whether new values are written in clear. ALLOW and PREPARE are for types whose plain
     * column has the same kind: String, {@code char[]}, URL and JSON in storage TEXT, {@code byte[]} in storage BINARY.
     */
    PlaintextMode plaintext() default PlaintextMode.INHERIT;

    /**
     * Pads the plaintext to a multiple of so many bytes, so that the ciphertext's length tells less of the value's; 0 for
     * no padding. Only for String, {@code char[]}, URL, {@code byte[]} and JSON: all other types have a fixed width or pad themselves.
     */
    int padTo() default 0;

    /**
     * The names of the readers for values that another system encrypted ({@link io.cipherfield.legacy.LegacyReader}); new values are
     * ciphertext of format 1. One of them at most may own what bears no mark, and beside that one there is no plaintext: {@link #plaintext} is refused,
     * and {@code cipherfield.plaintext} does not apply.
     *
     * <p>What they decrypt to becomes a value of the attribute's type: text in UTF-8, numbers, booleans, enum constants and UUIDs as {@code toString}
     * gives them, {@code java.time} in ISO 8601, {@code java.util.Date} and Calendar in milliseconds, JSON by the mapper, {@code byte[]} as it is. Give the attribute the
     * {@link #storage} of the column there is. Not for what rows are found by: elements of Sets, keys of maps, natural identifiers. A
     * {@link #deterministic} attribute can be searched while its readers' formats are deterministic too, and columns are not compared with each other.
     */
    String[] legacy() default {};

    /**
     * Contexts from before a rename, whose values are read too: those that do not decrypt in {@link #context()} are tried in these. The job
     * {@code rebind} moves them to the present one, and then these can go.
     */
    String[] formerContexts() default {};
}
