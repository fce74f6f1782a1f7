package io.cipherfield.hibernate;

import io.cipherfield.hibernate.internal.stored.StoredForm;
import java.io.Serializable;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.ValueExtractor;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.BasicBinder;
import org.hibernate.type.descriptor.jdbc.BasicExtractor;
import org.hibernate.type.descriptor.jdbc.JdbcLiteralFormatter;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/**
 * Binds and reads {@link Sealed} values, one instance for each storage and each kind of plaintext. Their type codes are our
 * own, since Hibernate 7 finds the JDBC type of a user type by its code alone.
 */
final class SealedJdbcType extends PlainTypeChecks {

    private static final int FIRST_CODE = 770_001;
    private static final Map<Integer, SealedJdbcType> BINARIES = new LinkedHashMap<>();
    private static final Map<Integer, SealedJdbcType> TEXTS = new LinkedHashMap<>();

    static {
        int code = FIRST_CODE;
        for (int plain : plainTypeCodes()) {
            BINARIES.put(plain, new SealedJdbcType(code++, Types.VARBINARY, plain));
            TEXTS.put(plain, new SealedJdbcType(code++, Types.VARCHAR, plain));
        }
    }

    private static final long serialVersionUID = 1L;

    private final int typeCode;
    private final int columnTypeCode;

    private SealedJdbcType(int typeCode, int columnTypeCode, int plainTypeCode) {
        super(plainTypeCode);
        this.typeCode = typeCode;
        this.columnTypeCode = columnTypeCode;
    }

    static SealedJdbcType of(Storage storage, Class<?> javaType) {
        return Objects.requireNonNull((storage == Storage.TEXT ? TEXTS : BINARIES).get(plainTypeCode(javaType)));
    }

    static List<SealedJdbcType> all() {
        return Stream.concat(BINARIES.values().stream(), TEXTS.values().stream())
                .toList();
    }

    /** {@link SqlTypes#VARBINARY} or {@link SqlTypes#VARCHAR}: what JDBC hears, for nulls say. */
    @Override
    public int getJdbcTypeCode() {
        return columnTypeCode;
    }

    @Override
    public int getDefaultSqlTypeCode() {
        return typeCode;
    }

    @Override
    public int getDdlTypeCode() {
        return columnTypeCode;
    }

    @Override
    public String getFriendlyName() {
        return columnTypeCode == Types.VARCHAR ? "encrypted text" : "encrypted binary";
    }

    @Override
    public <T> JdbcLiteralFormatter<T> getJdbcLiteralFormatter(JavaType<T> javaType) {
        return (appender, value, dialect, options) -> {
            if (storedForm(value) instanceof byte[] bytes) {
                dialect.appendBinaryLiteral(appender, bytes);
            } else {
                dialect.appendLiteral(appender, (String) storedForm(value));
            }
        };
    }

    @Override
    public <X> ValueBinder<X> getBinder(JavaType<X> javaType) {
        return new Binder<>(javaType, this);
    }

    @Override
    public <X> ValueExtractor<X> getExtractor(JavaType<X> javaType) {
        return new Extractor<>(javaType, this);
    }

    /** Anything but a {@link Sealed} that got here would be written in clear. */
    private static Object storedForm(Object value) {
        if (value instanceof Sealed sealed) {
            return sealed.stored();
        }
        throw new EncryptedAttributeException("A value of " + value.getClass().getName()
                + " was about to be bound to an encrypted column without being encrypted. Nothing was written.");
    }

    private static final class Binder<X> extends BasicBinder<X> {

        private static final long serialVersionUID = 1L;

        Binder(JavaType<X> javaType, JdbcType jdbcType) {
            super(javaType, jdbcType);
        }

        @Override
        protected void doBind(PreparedStatement statement, X value, int index, WrapperOptions options)
                throws SQLException {
            if (storedForm(value) instanceof byte[] bytes) {
                statement.setBytes(index, bytes);
            } else {
                statement.setString(index, (String) storedForm(value));
            }
        }

        @Override
        protected void doBind(CallableStatement statement, X value, String name, WrapperOptions options)
                throws SQLException {
            if (storedForm(value) instanceof byte[] bytes) {
                statement.setBytes(name, bytes);
            } else {
                statement.setString(name, (String) storedForm(value));
            }
        }
    }

    private static final class Extractor<X> extends BasicExtractor<X> {

        private static final long serialVersionUID = 1L;

        private final boolean text;

        Extractor(JavaType<X> javaType, SealedJdbcType jdbcType) {
            super(javaType, jdbcType);
            this.text = jdbcType.columnTypeCode == Types.VARCHAR;
        }

        @Override
        protected @Nullable X doExtract(ResultSet row, int index, WrapperOptions options) throws SQLException {
            return sealed(text ? row.getString(index) : row.getBytes(index), options);
        }

        @Override
        protected @Nullable X doExtract(CallableStatement call, int index, WrapperOptions options) throws SQLException {
            return sealed(text ? call.getString(index) : call.getBytes(index), options);
        }

        @Override
        protected @Nullable X doExtract(CallableStatement call, String name, WrapperOptions options)
                throws SQLException {
            return sealed(text ? call.getString(name) : call.getBytes(name), options);
        }

        @SuppressWarnings("unchecked")
        private @Nullable X sealed(@Nullable Serializable stored, WrapperOptions options) {
            if (stored == null) {
                return null;
            }
            return (X)
                    (StoredForm.header(stored) != null
                            ? new Sealed(stored)
                            : Sealed.inClear(
                                    stored,
                                    options.getSessionFactory()
                                            .getServiceRegistry()
                                            .requireService(CipherfieldService.class)));
        }
    }
}
