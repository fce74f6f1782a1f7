package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.ConfigurationException;
import io.cipherfield.StoragePreference;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
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
        return create(parameters, typeConfiguration, Encrypted.class);
    }

    /** Of the keys of a map. */
    static EncryptedAttribute createKey(Properties parameters, TypeConfiguration typeConfiguration) {
        return create(parameters, typeConfiguration, EncryptedKey.class);
    }

    private static EncryptedAttribute create(
            Properties parameters, TypeConfiguration typeConfiguration, Class<? extends Annotation> annotationType) {
        ServiceRegistry registry = typeConfiguration.getServiceRegistry();
        DynamicParameterizedType.ParameterType mapped =
                (DynamicParameterizedType.ParameterType) parameters.get(DynamicParameterizedType.PARAMETER_TYPE);
        Annotation[] annotations = mapped == null ? new Annotation[0] : mapped.getAnnotationsMethod();
        Annotation annotation = find(annotations, annotationType);
        AttributeOptions options = annotation == null
                ? AttributeOptions.load(parameters)
                : options(annotation, annotations, parameters, registry.requireService(ClassLoaderService.class));
        if (mapped == null || options == null) {
            String name = "@" + annotationType.getSimpleName();
            throw new ConfigurationException(
                    "The attribute " + parameters.getProperty(DynamicParameterizedType.ENTITY) + "."
                            + parameters.getProperty(DynamicParameterizedType.PROPERTY)
                            + " names a type of Cipherfield as its type without the annotation " + name + ".",
                    "Put " + name + " on it in place of the type.");
        }
        CipherfieldService service = registry.requireService(CipherfieldService.class);
        Type declared = declaredType(options, registry.requireService(ClassLoaderService.class));
        EncryptedAttribute attribute = create(
                options,
                declared == null ? mapped.getReturnedClass() : declared,
                typeConfiguration,
                service,
                annotation == null);
        options.save(parameters);
        return attribute;
    }

    private static EncryptedAttribute create(
            AttributeOptions options,
            Type javaType,
            TypeConfiguration typeConfiguration,
            CipherfieldService service,
            boolean auditCopy) {
        ValueCodec<Object> codec = codec(javaType);
        JsonFormat json = null;
        if (codec == null) {
            JsonTypes.check(options, javaType);
            json = new JsonFormat(javaType, typeConfiguration);
            codec = json(options, json);
        }
        if (options.padTo() != 0 && !codec.paddable()) {
            throw Refusal.of(
                    options,
                    "it has padTo, and values of " + javaType.getTypeName() + " have a fixed width or pad themselves",
                    "Leave padTo out.");
        }
        CipherfieldConfiguration configuration = service.configuration();
        Storage storage = storage(options.storage(), codec.javaType(), configuration.storage());
        LegacyValues legacy = LegacyValues.of(options, service, codec, json);
        PlaintextMode plaintext = options.plaintext();
        boolean ownWord = plaintext == PlaintextMode.ALLOW || plaintext == PlaintextMode.PREPARE;
        if (legacy.owner() != null) {
            if (ownWord) {
                throw Refusal.of(
                        options,
                        "it says plaintext = " + plaintext + ", and its legacy reader "
                                + legacy.owner().name()
                                + " owns every value that is not ciphertext, so that plaintext would be taken for one of that system",
                        "Leave plaintext out; or if plaintext does stand beside them, take a reader that knows its values by a mark.");
            }
            // Where the setting allows plaintext, it does so for the others: here there is none.
            plaintext = PlaintextMode.REFUSE;
        }
        if (!OldPlaintext.readable(codec, storage)) {
            if (ownWord) {
                throw Refusal.of(
                        options,
                        "it says plaintext = " + plaintext + ", and a plaintext column of " + javaType.getTypeName()
                                + " has another SQL type than a " + storage + " column of ciphertext",
                        "Leave plaintext out and move the old values to a new column, or say storage = TEXT for String, char[], URL"
                                + " and what is stored as JSON, and storage = BINARY for byte[].");
            }
            plaintext = PlaintextMode.REFUSE;
        } else if (plaintext == PlaintextMode.INHERIT) {
            plaintext = switch (configuration.plaintext()) {
                case REFUSE -> PlaintextMode.REFUSE;
                case ALLOW -> PlaintextMode.ALLOW;
                case PREPARE -> PlaintextMode.PREPARE;
            };
        }
        service.contexts().add(options);
        return new EncryptedAttribute(options, codec, json, storage, plaintext, legacy, service, auditCopy);
    }

    private static AttributeOptions options(
            Annotation annotation, Annotation[] annotations, Properties parameters, ClassLoaderService loader) {
        String entity = parameters.getProperty(DynamicParameterizedType.ENTITY, "");
        String property = parameters.getProperty(DynamicParameterizedType.PROPERTY, "");
        AnnotatedMember member = entity.isEmpty()
                ? null
                : AnnotatedMember.find(loader.classForName(entity), property, annotation.annotationType());
        String name = member == null ? property : member.attributeName();
        AttributeOptions options = annotation instanceof EncryptedKey key
                ? new AttributeOptions(
                        entity,
                        name + " (key)",
                        "",
                        key.context(),
                        key.storage(),
                        PlaintextMode.INHERIT,
                        0,
                        true,
                        List.of(),
                        List.of(key.formerContexts()))
                : options(entity, name, (Encrypted) annotation);
        if (options.context().isEmpty() && member != null) {
            String context = member.declaringClass().getSimpleName() + "." + name;
            options = options.derived(
                    member.declaringClass().getName(), annotation instanceof EncryptedKey ? context + "#key" : context);
        }
        if (annotation instanceof EncryptedKey) {
            AttributeRules.checkKey(options.attribute(), annotations);
        } else {
            AttributeRules.check(options.attribute(), annotations);
        }
        if (options.context().isEmpty()) {
            throw Refusal.of(
                    options,
                    "the class that declares it was not found, so that its values could not be bound to it",
                    "Name the binding: @Encrypted(context = \"Patient.ssn\").");
        }
        ContextRules.checkFormer(options);
        if (options.padTo() < 0) {
            throw Refusal.of(options, "its padTo is negative", "Give a number of bytes, or leave padTo out.");
        }
        if (options.padTo() != 0 && options.deterministic()) {
            throw Refusal.of(
                    options,
                    "it is deterministic and has padTo, and a query after padTo was changed would not find the values from before",
                    "Leave padTo out, or deterministic.");
        }
        return options;
    }

    private static AttributeOptions options(String entity, String name, Encrypted annotation) {
        return new AttributeOptions(
                entity,
                name,
                "",
                annotation.context(),
                annotation.storage(),
                annotation.plaintext(),
                annotation.padTo(),
                annotation.deterministic(),
                List.of(annotation.legacy()),
                List.of(annotation.formerContexts()));
    }

    /** Null if the class that declares the attribute does not tell it, as a collection without type arguments. */
    private static @Nullable Type declaredType(AttributeOptions options, ClassLoaderService loader) {
        if (options.entity().isEmpty()) {
            return null;
        }
        Class<?> mapped = loader.classForName(options.entity());
        AnnotatedMember member = AnnotatedMember.find(mapped, options.name(), Encrypted.class);
        return member == null ? null : DeclaredType.of(mapped, member);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable ValueCodec<Object> codec(Type javaType) {
        return javaType instanceof Class<?> one ? (ValueCodec<Object>) ValueCodecs.find(one) : null;
    }

    private static ValueCodec<Object> json(AttributeOptions options, JsonFormat json) {
        if (options.deterministic()) {
            throw Refusal.of(
                    options,
                    "it is deterministic and stored as JSON, which may be another text for an equal value",
                    "Leave deterministic out, or search by an attribute of its own.");
        }
        return ValueCodecs.json(json.raw(), json::write, json::read);
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
