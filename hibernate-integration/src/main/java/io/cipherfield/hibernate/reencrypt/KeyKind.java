package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The primary keys by which pages can go: read, bound again as they were read, and ordered by the database alone. */
enum KeyKind {
    NUMBER,
    TEXT {
        @Override
        Object read(ResultSet rows, int index) throws SQLException {
            return rows.getString(index);
        }
    },
    UUID,
    BYTES {
        @Override
        Object read(ResultSet rows, int index) throws SQLException {
            return rows.getBytes(index);
        }
    };

    /** Null if it is none of them. */
    static @Nullable KeyKind of(int jdbcType, String typeName, DatabaseKind database) {
        if (typeName.equalsIgnoreCase("uuid")) {
            // MariaDB's driver knows no java.util.UUID.
            return database == DatabaseKind.MARIADB ? TEXT : UUID;
        }
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> NUMBER;
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR -> TEXT;
            case Types.BINARY, Types.VARBINARY -> BYTES;
            default -> null;
        };
    }

    Object read(ResultSet rows, int index) throws SQLException {
        return rows.getObject(index);
    }

    void bind(PreparedStatement statement, int index, Object key) throws SQLException {
        statement.setObject(index, key);
    }

    /** Equal for equal keys. */
    Object identity(Object key) {
        return key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key;
    }

    /** For reports. */
    static String text(Object key) {
        return key instanceof byte[] bytes ? "0x" + HexFormat.of().formatHex(bytes) : String.valueOf(key);
    }
}
