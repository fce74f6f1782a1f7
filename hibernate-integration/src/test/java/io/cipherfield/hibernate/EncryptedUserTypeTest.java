package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.cipherfield.CiphertextHeader;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.hibernate.annotations.Nationalized;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.usertype.UserType;
import org.junit.jupiter.api.Test;

class EncryptedUserTypeTest {

    @Entity(name = "Subject")
    static class Subject {
        @Id
        Long id = 1L;

        @Encrypted
        String secret = "secret";

        @Encrypted
        @Enumerated(EnumType.ORDINAL)
        TimeUnit unit = TimeUnit.DAYS;

        @Encrypted
        @Temporal(TemporalType.TIMESTAMP)
        Date moment = new Date(5);

        @Encrypted
        @Nationalized
        String national = "\u4E2D";
    }

    private static EncryptedUserType typeOf(TestFactory factory) {
        CustomType<?> type = (CustomType<?>) factory.sessions()
                .unwrap(SessionFactoryImplementor.class)
                .getMappingMetamodel()
                .getEntityDescriptor(Subject.class)
                .getPropertyType("secret");
        return (EncryptedUserType) type.getUserType();
    }

    @Test
    void annotations_that_only_described_the_old_column_do_no_harm() {
        try (TestFactory factory = TestFactory.h2(Subject.class)) {
            factory.persist(new Subject());

            assertThat(factory.find(Subject.class, 1L))
                    .usingRecursiveComparison()
                    .isEqualTo(new Subject());
            assertThat(CiphertextHeader.of(
                            (byte[]) factory.raw("select unit from Subject").get(0)))
                    .isNotNull();
        }
    }

    @Test
    void an_attribute_tells_what_it_encrypts() {
        try (TestFactory factory = TestFactory.h2(Subject.class)) {
            EncryptedAttribute attribute = typeOf(factory).attribute();

            assertThat(attribute.entity()).isEqualTo(Subject.class.getName());
            assertThat(attribute.name()).isEqualTo("secret");
            assertThat(attribute.context()).isEqualTo("Subject.secret");
            assertThat(attribute.javaType()).isEqualTo(String.class);
            assertThat(attribute.storage()).isEqualTo(Storage.TEXT);
            assertThat(attribute.plaintextAllowed()).isFalse();
            assertThat(attribute.deterministic()).isFalse();
            assertThat(attribute.decrypt(attribute.encrypt("value"))).isEqualTo("value");
            assertThatThrownBy(() -> attribute.encrypt(5))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("java.lang.Integer");
        }
    }

    /** By reflection: Hibernate 7 calls a method that 6.6 does not have, whose default binds the value as it is. */
    @Test
    void no_way_to_bind_a_value_binds_the_plaintext() throws Exception {
        try (TestFactory factory = TestFactory.h2(Subject.class)) {
            for (var method : UserType.class.getMethods()) {
                if (method.getName().equals("nullSafeSet")) {
                    PreparedStatement statement = mock(PreparedStatement.class);
                    method.invoke(typeOf(factory), statement, "secret", 1, null);

                    verify(statement).setString(eq(1), argThat(text -> CiphertextHeader.of(text) != null));
                    verifyNoMoreInteractions(statement);
                }
            }
            ResultSet row = mock(ResultSet.class);
            Object stored = typeOf(factory).attribute().encrypt("secret");
            when(row.getString(anyInt())).thenReturn((String) stored);
            assertThat(typeOf(factory).nullSafeGet(row, 1, (WrapperOptions) null))
                    .isEqualTo("secret");
        }
    }

    @Test
    void a_value_that_was_not_encrypted_is_not_bound() {
        PreparedStatement statement = mock(PreparedStatement.class);
        @SuppressWarnings("unchecked")
        var binder = SealedJdbcType.of(Storage.TEXT, String.class)
                .getBinder((org.hibernate.type.descriptor.java.JavaType<Object>)
                        (org.hibernate.type.descriptor.java.JavaType<?>)
                                org.hibernate.type.descriptor.java.StringJavaType.INSTANCE);

        assertThatThrownBy(() -> binder.bind(statement, "planted", 1, null))
                .isInstanceOf(EncryptedAttributeException.class)
                .hasMessageContaining("without being encrypted")
                .hasMessageNotContaining("planted");
        verifyNoMoreInteractions(statement);
    }

    @Test
    void hibernate_checks_a_query_against_the_type_of_the_plaintext() {
        for (Storage storage : Storage.values()) {
            SealedJdbcType text = SealedJdbcType.of(storage, String.class);
            assertThat(text.isStringLike() && text.isComparable() && !text.isNumber())
                    .isTrue();
            SealedJdbcType number = SealedJdbcType.of(storage, Integer.class);
            assertThat(number.isInteger() && number.isNumber() && !number.isString())
                    .isTrue();
            SealedJdbcType date = SealedJdbcType.of(storage, LocalDate.class);
            assertThat(date.isTemporal() && date.hasDatePart() && !date.hasTimePart())
                    .isTrue();
        }
        assertThat(SealedJdbcType.all())
                .extracting(SealedJdbcType::getDefaultSqlTypeCode)
                .doesNotHaveDuplicates();
    }

    @Test
    void nothing_prints_a_value() {
        try (TestFactory factory = TestFactory.h2(Subject.class)) {
            EncryptedUserType type = typeOf(factory);

            assertThat(type.toString("planted")).isEqualTo(Sealed.MASK);
            assertThat(type.toLoggableString("planted", null)).isEqualTo(Sealed.MASK);
            assertThatThrownBy(() -> type.toSqlLiteral("planted")).hasMessageNotContaining("planted");
            assertThat(type.getValueConverter().convertToDatabaseColumn("planted"))
                    .hasToString(Sealed.MASK);
        }
    }
}
