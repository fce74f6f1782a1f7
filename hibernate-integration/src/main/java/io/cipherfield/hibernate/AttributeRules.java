package io.cipherfield.hibernate;

import io.cipherfield.ConfigurationException;
import jakarta.persistence.Convert;
import jakarta.persistence.MapKeyTemporal;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.io.InputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.SourceType;
import org.hibernate.annotations.Type;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.annotations.ValueGenerationType;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.jspecify.annotations.Nullable;

/** What may not stand beside {@link Encrypted} on one attribute. */
final class AttributeRules {

    private static final String TYPE = "which says how the value is stored, and so does @Encrypted";
    private static final String DATABASE = "by which the database would write the value, in clear";

    private static final String CHECK = "which the database would ask of the ciphertext";

    static final String SUPPORTED =
            "Give it one of the types that can be: String, char[], byte[], a primitive or its wrapper, BigInteger, BigDecimal, UUID,"
                    + " an enum, a java.time type, java.util.Date, Calendar, Locale, Currency, URL, ZoneId, or a record, plain class, List, Set,"
                    + " Map or array of such.";

    /** By name, since some of them exist on some versions of Hibernate only. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("org.hibernate.annotations.JdbcTypeCode", TYPE),
            Map.entry("org.hibernate.annotations.JdbcType", TYPE),
            Map.entry("org.hibernate.annotations.JavaType", TYPE),
            Map.entry("org.hibernate.annotations.CompositeType", TYPE),
            Map.entry("org.hibernate.annotations.TimeZoneStorage", TYPE),
            Map.entry("org.hibernate.annotations.Mutability", TYPE),
            Map.entry("org.hibernate.annotations.ColumnDefault", DATABASE),
            Map.entry("org.hibernate.annotations.GeneratedColumn", DATABASE),
            Map.entry("org.hibernate.annotations.Generated", DATABASE),
            Map.entry(
                    "org.hibernate.annotations.PartitionKey",
                    "by whose value every statement would look for its row, in vain"),
            Map.entry(
                    "jakarta.persistence.Id",
                    "an identifier, and rows could not be found by a value that is encrypted differently each time"),
            Map.entry("org.hibernate.annotations.Check", CHECK),
            Map.entry("org.hibernate.annotations.Checks", CHECK),
            Map.entry("org.hibernate.annotations.Formula", "which the database computes from what it stores"),
            Map.entry("jakarta.persistence.GeneratedValue", "which is for identifiers"),
            Map.entry("org.hibernate.annotations.TenantId", "by whose value Hibernate finds rows"));

    private static final String KEY_TYPE = "which says how the key is stored, and so does @EncryptedKey";

    private static final Map<String, String> REFUSED_FOR_KEYS = Map.of(
            "org.hibernate.annotations.MapKeyType", KEY_TYPE,
            "org.hibernate.annotations.MapKeyCompositeType", KEY_TYPE,
            "org.hibernate.annotations.MapKeyJavaType", KEY_TYPE,
            "org.hibernate.annotations.MapKeyJdbcType", KEY_TYPE,
            "org.hibernate.annotations.MapKeyJdbcTypeCode", KEY_TYPE,
            "org.hibernate.annotations.MapKeyMutability", KEY_TYPE,
            "jakarta.persistence.MapKey", "which takes the key from an attribute of the value: encrypt that attribute",
            "jakarta.persistence.MapKeyJoinColumn", "whose key is an entity",
            "jakarta.persistence.MapKeyJoinColumns", "whose key is an entity");

    private AttributeRules() {}

    /** What may not stand beside {@link EncryptedKey}. */
    static void checkKey(String attribute, Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            String reason = REFUSED_FOR_KEYS.get(type.getName());
            if (annotation instanceof Convert convert && !convert.disableConversion() && isForKeys(convert)) {
                reason = KEY_TYPE;
            }
            if (annotation instanceof MapKeyTemporal temporal && temporal.value() != TemporalType.TIMESTAMP) {
                reason = "and the key keeps its milliseconds, whatever that says";
            }
            if (reason != null) {
                String name = "@" + type.getSimpleName();
                throw Refusal.of(
                        attribute, "it also has " + name + ", " + reason, "Leave " + name + " or @EncryptedKey out.");
            }
        }
    }

    private static boolean isForKeys(Convert convert) {
        return convert.attributeName().equals("key") || convert.attributeName().startsWith("key.");
    }

    static void check(String attribute, Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            String reason = REFUSED.get(type.getName());
            if (reason == null) {
                reason = reason(annotation);
            }
            if (reason != null) {
                throw beside(attribute, type, reason);
            }
        }
    }

    private static @Nullable String reason(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        if (annotation instanceof Type || (type != Encrypted.class && type.isAnnotationPresent(Type.class))) {
            return TYPE;
        }
        if (annotation instanceof Convert convert && !convert.disableConversion() && !isForKeys(convert)) {
            return TYPE;
        }
        if (annotation instanceof Temporal temporal && temporal.value() != TemporalType.TIMESTAMP) {
            return "and the value keeps its milliseconds, whatever that says";
        }
        return isWrittenByDatabase(annotation) ? DATABASE : null;
    }

    private static boolean isWrittenByDatabase(Annotation annotation) {
        if (annotation instanceof CreationTimestamp timestamp) {
            return timestamp.source() == SourceType.DB;
        }
        if (annotation instanceof UpdateTimestamp timestamp) {
            return timestamp.source() == SourceType.DB;
        }
        if (annotation instanceof CurrentTimestamp timestamp) {
            return timestamp.source() == SourceType.DB;
        }
        ValueGenerationType generation = annotation.annotationType().getAnnotation(ValueGenerationType.class);
        return generation != null && !BeforeExecutionGenerator.class.isAssignableFrom(generation.generatedBy());
    }

    private static ConfigurationException beside(
            String attribute, Class<? extends Annotation> annotation, String reason) {
        String name = "@" + annotation.getSimpleName();
        return Refusal.of(attribute, "it also has " + name + ", " + reason, "Leave " + name + " or @Encrypted out.");
    }

    /** For a type that cannot be encrypted, the one to use in its place; null if there is none in particular. */
    static @Nullable String alternativeTo(Class<?> javaType) {
        if (javaType == Byte[].class) {
            return "Use byte[].";
        }
        if (javaType == Character[].class) {
            return "Use char[].";
        }
        if (java.util.Date.class.isAssignableFrom(javaType)) {
            return "Use java.util.Date, or better Instant, LocalDate or LocalTime.";
        }
        if (java.sql.Blob.class.isAssignableFrom(javaType)) {
            return "Use byte[] with @Lob.";
        }
        if (java.sql.Clob.class.isAssignableFrom(javaType)) {
            return "Use String with @Lob.";
        }
        if (Optional.class == javaType) {
            return "Leave the attribute null, and let a getter make an Optional of it.";
        }
        if (InputStream.class.isAssignableFrom(javaType) || Reader.class.isAssignableFrom(javaType)) {
            return "A stream is read once: use byte[] or String, with @Lob if it is long.";
        }
        return null;
    }
}
