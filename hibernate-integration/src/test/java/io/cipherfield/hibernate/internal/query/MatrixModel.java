package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each encrypted attribute beside an unencrypted twin that holds the same values. */
final class MatrixModel {

    static final Class<?>[] ENTITIES = {Sample.class, Root.class, Branch.class};

    private MatrixModel() {}

    enum Mood {
        CALM,
        TENSE
    }

    record Note(String text, int number) {}

    static final class NoteText implements AttributeConverter<Note, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Note note) {
            return note == null ? null : note.text + "," + note.number;
        }

        @Override
        public @Nullable Note convertToEntityAttribute(@Nullable String text) {
            return text == null
                    ? null
                    : new Note(
                            text.substring(0, text.indexOf(',')),
                            Integer.parseInt(text.substring(text.indexOf(',') + 1)));
        }
    }

    /** What the rows are filled through. */
    abstract static class Row {

        abstract void identify(long newId, String newName);

        /** Sets the attribute, or adds to the collection; null adds nothing. */
        @SuppressWarnings("unchecked")
        void set(String path, Object value, boolean asKey) {
            try {
                Object owner = this;
                String name = path;
                if (path.startsWith("address.")) {
                    owner = ((Sample) this).address;
                    name = path.substring("address.".length());
                }
                Field field = owner.getClass().getDeclaredField(name);
                Object held = field.get(owner);
                if (held instanceof Collection<?> elements) {
                    if (value != null) {
                        ((Collection<Object>) elements).add(value);
                    }
                } else if (held instanceof Map<?, ?> entries) {
                    if (value != null) {
                        ((Map<Object, Object>) entries).put(asKey ? value : "key", asKey ? "owner" : value);
                    }
                } else {
                    field.set(owner, value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Embeddable
    static class Address {
        @Encrypted
        String street;

        String streetTwin;

        @Encrypted(deterministic = true)
        String zip;

        String zipTwin;
    }

    @Entity(name = "Sample")
    static class Sample extends Row {
        @Id
        Long id;

        String name;

        String textTwin;

        @Encrypted(storage = Storage.TEXT)
        String text;

        String bytesOfTextTwin;

        @Encrypted(storage = Storage.BINARY)
        String bytesOfText;

        @Column(name = "number_twin")
        Integer numberTwin;

        @Encrypted
        @Column(name = "number_")
        Integer number;

        BigDecimal decimalTwin;

        @Encrypted(storage = Storage.TEXT)
        @Column(name = "decimal_")
        BigDecimal decimal;

        LocalDate dateTwin;

        @Encrypted
        @Column(name = "date_")
        LocalDate date;

        Boolean flagTwin;

        @Encrypted(storage = Storage.TEXT)
        Boolean flag;

        @Enumerated(EnumType.STRING)
        Mood moodTwin;

        @Encrypted
        Mood mood;

        byte[] bytesTwin;

        @Encrypted
        byte[] bytes;

        @Convert(converter = NoteText.class)
        Note jsonTwin;

        @Encrypted
        Note json;

        Address address = new Address();

        @ElementCollection
        List<String> notesTwin = new ArrayList<>();

        @ElementCollection
        @Encrypted
        List<String> notes = new ArrayList<>();

        @ElementCollection
        Map<String, String> labelsTwin = new HashMap<>();

        @ElementCollection
        @Encrypted
        Map<String, String> labels = new HashMap<>();

        String taxTwin;

        @Encrypted(deterministic = true)
        String tax;

        /** Of another context than all others. */
        @Encrypted(deterministic = true)
        String alien;

        String bytesOfTaxTwin;

        @Encrypted(deterministic = true, storage = Storage.BINARY)
        String bytesOfTax;

        Integer pointsTwin;

        @Encrypted(deterministic = true, storage = Storage.TEXT)
        Integer points;

        String fixedTaxTwin;

        @Encrypted(deterministic = true, legacy = "fixed")
        String fixedTax;

        Integer fixedPointsTwin;

        @Encrypted(deterministic = true, storage = Storage.TEXT, legacy = "fixed-owner")
        Integer fixedPoints;

        String encTaxTwin;

        @Encrypted(
                deterministic = true,
                legacy = {"enc", "fixed"})
        String encTax;

        Long accountTwin;

        @Encrypted(deterministic = true)
        Long account;

        LocalDate bornTwin;

        @Encrypted(deterministic = true)
        LocalDate born;

        Mood temperTwin;

        @Encrypted(deterministic = true)
        Mood temper;

        @ElementCollection
        Set<String> tagsTwin = new HashSet<>();

        @ElementCollection
        @Encrypted(deterministic = true)
        Set<String> tags = new HashSet<>();

        @ElementCollection
        Map<String, String> ownersTwin = new HashMap<>();

        @ElementCollection
        @EncryptedKey
        Map<String, String> owners = new HashMap<>();

        @Override
        void identify(long newId, String newName) {
            id = newId;
            name = newName;
        }
    }

    @Entity(name = "Root")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Root extends Row {
        @Id
        Long id;

        String name;

        @Override
        void identify(long newId, String newName) {
            id = newId;
            name = newName;
        }
    }

    @Entity(name = "Branch")
    static class Branch extends Root {
        @Encrypted
        String code;

        String codeTwin;

        @Encrypted(deterministic = true)
        @Column(name = "number_")
        String number;

        @Column(name = "number_twin")
        String numberTwin;

        @Encrypted(deterministic = true)
        String alien;
    }

    public record View(Long id, Object value) {}
}
