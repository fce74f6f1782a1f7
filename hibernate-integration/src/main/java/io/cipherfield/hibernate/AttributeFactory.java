package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.StoragePreference;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.lang.annotation.Annotation;
import java.util.Properties;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.spi.TypeConfiguration;
import org.hibernate.usertype.DynamicParameterizedType;
import org.jspecify.annotations.Nullable;

/** Makes an {@link EncryptedAttribute} of what Hibernate tells a type about its attribute, and refuses what one attribute by itself shows to be wrong. */
final class AttributeFactory {

    private AttributeFactory() {}

    static EncryptedAttribute create(Properties parameters, TypeConfiguration typeConfiguration) {
        ServiceRegistry registry = typeConfiguration.getServiceRegistry();
        DynamicParameterizedType.ParameterType mapped =
                (DynamicParameterizedType.ParameterType) parameters.get(DynamicParameterizedType.PARAMETER_TYPE);
        Annotation[] annotations = mapped == null ? new Annotation[0] : mapped.getAnnotationsMethod();
        Encrypted annotation = find(annotations, Encrypted.class);
        AttributeOptions options = annotation == null
                ? AttributeOptions.load(parameters)
                : options(annotation, annotations, parameters, registry.requireService(ClassLoaderService.class));
        if (mapped == null || options == null) {
            throw new ConfigurationException(
                    "The attribute " + parameters.getProperty(DynamicParameterizedType.ENTITY) + "."
                            + parameters.getProperty(DynamicParameterizedType.PROPERTY)
                            + " names EncryptedUserType as its type without the annotation @Encrypted.",
                    "Put @Encrypted on it in place of @Type.");
        }
        CipherfieldService service = registry.requireService(CipherfieldService.class);
        EncryptedAttribute attribute = create(options, mapped.getReturnedClass(), service);
        options.save(parameters);
        return attribute;
    }

    private static EncryptedAttribute create(AttributeOptions options, Class<?> javaType, CipherfieldService service) {
        ValueCodec<Object> codec = codec(options, javaType);
        if (options.padTo() != 0 && !codec.paddable()) {
            throw Refusal.of(
                    options,
                    "it has padTo, and values of " + javaType.getName() + " have a fixed width or pad themselves",
                    "Leave padTo out.");
        }
        CipherfieldConfiguration configuration = service.configuration();
        Storage storage = storage(options.storage(), codec.javaType(), configuration.storage());
        boolean readable = OldPlaintext.readable(codec.javaType(), storage);
        if (options.plaintext() == PlaintextMode.ALLOW && !readable) {
            throw Refusal.of(
                    options,
                    "it says plaintext = ALLOW, and a plaintext column of " + javaType.getName()
                            + " has another SQL type than a " + storage + " column of ciphertext",
                    "Leave plaintext out and move the old values to a new column, or for char[] and URL say storage = TEXT,"
                            + " for String storage = TEXT, for byte[] storage = BINARY.");
        }
        boolean allowed = options.plaintext() == PlaintextMode.INHERIT
                ? configuration.plaintext() == PlaintextPolicy.ALLOW
                : options.plaintext() == PlaintextMode.ALLOW;
        return new EncryptedAttribute(options, codec, storage, allowed && readable, service);
    }

    private static AttributeOptions options(
            Encrypted annotation, Annotation[] annotations, Properties parameters, ClassLoaderService loader) {
        String entity = parameters.getProperty(DynamicParameterizedType.ENTITY, "");
        String property = parameters.getProperty(DynamicParameterizedType.PROPERTY, "");
        AnnotatedMember member =
                entity.isEmpty() ? null : AnnotatedMember.find(loader.classForName(entity), property, Encrypted.class);
        String name = member == null ? property : member.attributeName();
        String context = annotation.context();
        String declaringClass = "";
        if (context.isEmpty() && member != null) {
            declaringClass = member.declaringClass().getName();
            context = member.declaringClass().getSimpleName() + "." + name;
        }
        AttributeOptions options = new AttributeOptions(
                entity,
                name,
                declaringClass,
                context,
                annotation.storage(),
                annotation.plaintext(),
                annotation.padTo(),
                annotation.deterministic());
        AttributeRules.check(options.attribute(), annotations);
        if (context.isEmpty()) {
            throw Refusal.of(
                    options,
                    "the class that declares it was not found, so that its values could not be bound to it",
                    "Name the binding: @Encrypted(context = \"Patient.ssn\").");
        }
        if (annotation.padTo() < 0) {
            throw Refusal.of(options, "its padTo is negative", "Give a number of bytes, or leave padTo out.");
        }
        if (annotation.padTo() != 0 && annotation.deterministic()) {
            throw Refusal.of(
                    options,
                    "it is deterministic and has padTo, and a query after padTo was changed would not find the values from before",
                    "Leave padTo out, or deterministic.");
        }
        return options;
    }

    @SuppressWarnings("unchecked")
    private static ValueCodec<Object> codec(AttributeOptions options, Class<?> javaType) {
        ValueCodec<?> codec = ValueCodecs.find(javaType);
        if (codec == null) {
            throw Refusal.of(
                    options,
                    "values of " + javaType.getTypeName() + " cannot be encrypted",
                    AttributeRules.alternativeTo(javaType));
        }
        return (ValueCodec<Object>) codec;
    }

    private static Storage storage(Storage declared, Class<?> javaType, StoragePreference preference) {
        if (declared != Storage.AUTO) {
            return declared;
        }
        return switch (preference) {
            case TEXT -> Storage.TEXT;
            case BINARY -> Storage.BINARY;
            case AUTO -> javaType == String.class ? Storage.TEXT : Storage.BINARY;
        };
    }

    private static <A extends Annotation> @Nullable A find(Annotation[] annotations, Class<A> type) {
        for (Annotation annotation : annotations) {
            if (type.isInstance(annotation)) {
                return type.cast(annotation);
            }
        }
        return null;
    }
}
