package io.cipherfield.benchmarks.orm;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Convert;
import net.bytebuddy.description.annotation.AnnotationDescription;
import org.jspecify.annotations.Nullable;

/** Who takes part, in the order of each round. */
enum Variant {
    PLAIN("unencrypted", PlainPatient.class) {
        @Override
        Patient newEntity(Sample sample) {
            return new PlainPatient(sample);
        }
    },
    TEXT("Cipherfield, TEXT", TextPatient.class) {
        @Override
        Patient newEntity(Sample sample) {
            return new TextPatient(sample);
        }

        @Override
        AnnotationDescription annotation() {
            return encrypted(Storage.TEXT);
        }
    },
    BINARY("Cipherfield, BINARY", BinaryPatient.class) {
        @Override
        Patient newEntity(Sample sample) {
            return new BinaryPatient(sample);
        }

        @Override
        AnnotationDescription annotation() {
            return encrypted(Storage.BINARY);
        }
    },
    SIZE("in clear, as long as TEXT's ciphertexts", LongPatient.class) {
        @Override
        Patient newEntity(Sample sample) {
            return new LongPatient(sample);
        }
    },
    GCM("converter, `Cipher.getInstance` per value", GcmPatient.class) {
        @Override
        Patient newEntity(Sample sample) {
            return new GcmPatient(sample);
        }

        @Override
        AnnotationDescription annotation() {
            return converted(GcmConverter.class);
        }
    },
    JASYPT("converter, Jasypt", JasyptPatient.class) {
        @Override
        Patient newEntity(Sample sample) {
            return new JasyptPatient(sample);
        }

        @Override
        AnnotationDescription annotation() {
            return converted(JasyptConverter.class);
        }
    };

    /** Jasypt takes milliseconds a row. */
    private static final int ROWS_OF_JASYPT = 200;

    private final String title;
    private final Class<? extends Patient> entity;

    Variant(String title, Class<? extends Patient> entity) {
        this.title = title;
        this.entity = entity;
    }

    String title() {
        return title;
    }

    Class<? extends Patient> entity() {
        return entity;
    }

    String entityName() {
        return entity.getSimpleName();
    }

    abstract Patient newEntity(Sample sample);

    /** What makes a String attribute one of this kind; null for the unencrypted one. */
    @Nullable
    AnnotationDescription annotation() {
        return null;
    }

    boolean isOurs() {
        return this == TEXT || this == BINARY;
    }

    /** How many of the {@code wanted} rows take part. */
    int rows(int wanted) {
        return this == JASYPT ? Math.min(wanted, ROWS_OF_JASYPT) : wanted;
    }

    private static AnnotationDescription encrypted(Storage storage) {
        return AnnotationDescription.Builder.ofType(Encrypted.class)
                .define("storage", storage)
                .build();
    }

    private static AnnotationDescription converted(Class<?> converter) {
        return AnnotationDescription.Builder.ofType(Convert.class)
                .define("converter", converter)
                .build();
    }
}
