package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.ConfigurationException;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.Version;
import org.junit.jupiter.api.Test;

/** Hibernate 7 prefers a converter that applies itself to all strings; the encryption must not be gone in silence. */
class AutoAppliedConverterTest {

    @Converter(autoApply = true)
    static class Shouting implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String value) {
            return value == null ? null : value + "!";
        }

        @Override
        public String convertToEntityAttribute(String value) {
            return value;
        }
    }

    @Entity(name = "Note")
    static class Note {
        @Id
        Long id = 1L;

        @Encrypted
        String text = "note";
    }

    @Entity(name = "Protected")
    static class Protected {
        @Id
        Long id = 1L;

        @Encrypted
        @Convert(disableConversion = true)
        String text = "note";
    }

    @Test
    void it_is_refused_or_without_effect() {
        ConfigurationException refusal = TestFactory.refusal(Note.class, Shouting.class);

        if (Version.getVersionString().startsWith("6.")) {
            assertThat(refusal).isNull();
            assertEncrypted(Note.class, new Note());
        } else {
            assertThat(refusal).isNotNull();
            assertThat(refusal.action()).contains("@Convert(disableConversion = true)");
        }
    }

    @Test
    void it_can_be_kept_away() {
        assertEncrypted(Protected.class, new Protected());
    }

    private static void assertEncrypted(Class<?> type, Object entity) {
        try (TestFactory factory = TestFactory.h2(type, Shouting.class)) {
            factory.persist(entity);

            Object stored =
                    factory.raw("select text from " + type.getSimpleName()).get(0);
            assertThat(CiphertextHeader.of((String) stored)).isNotNull();
            assertThat(factory.find(type, 1L)).extracting("text").isEqualTo("note");
        }
    }
}
