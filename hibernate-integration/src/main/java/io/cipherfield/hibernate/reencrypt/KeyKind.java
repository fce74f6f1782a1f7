package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The types by which pages can go: read, bound again exactly as they were read, and ordered by the database alone. */
enum KeyKind {
    NUMBER {
        @Override
        Object read(ResultSet rows, int index) throws SQLException {
            // A driver may call one-digit and one-bit numbers Boolean.
            Object value = rows.getObject(index);
            return value instanceof Boolean ? rows.getLong(index) : value;
        }

        @Override
        String text(Object part) {
            return part instanceof BigDecimal decimal ? decimal.toPlainString() : part.toString();
        }

        @Override
        String encode(Object part) {
            return text(part);
        }

        @Override
        Object decode(String text) {
            return new BigDecimal(text);
        }
    },
    TEXT {
        @Override
        Object read(ResultSet rows, int index) throws SQLException {
            return rows.getString(index);
        }

        @Override
        String encode(Object part) {
            return EscapedText.escape((String) part);
        }

        @Override
        Object decode(String text) {
            return EscapedText.unescape(text);
        }
    },
    UUID {
        @Override
        String encode(Object part) {
            return part.toString();
        }

        @Override
        Object decode(String text) {
            return java.util.UUID.fromString(text);
        }
    },
    BYTES {
        @Override
        Object read(ResultSet rows, int index) throws SQLException {
            return rows.getBytes(index);
        }

        @Override
        String text(Object part) {
            return "0x" + encode(part);
        }

        @Override
        String encode(Object part) {
            return HexFormat.of().formatHex((byte[]) part);
        }

        @Override
        Object decode(String text) {
            return HexFormat.of().parseHex(text);
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
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR -> TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> BYTES;
            // As text they are exact, with all their digits and, where they have one, their offset.
            case Types.DATE, Types.TIME, Types.TIMESTAMP, Types.TIME_WITH_TIMEZONE, Types.TIMESTAMP_WITH_TIMEZONE ->
                TEXT;
            case Types.BIT, Types.BOOLEAN -> database == DatabaseKind.MARIADB ? NUMBER : TEXT;
            // Enumerations, network addresses, citext: a cast from text is exact for all but floating point.
            case Types.OTHER -> database == DatabaseKind.POSTGRESQL ? TEXT : null;
            default -> null;
        };
    }

    Object read(ResultSet rows, int index) throws SQLException {
        return rows.getObject(index);
    }

    void bind(PreparedStatement statement, int index, Object part) throws SQLException {
        statement.setObject(index, part);
    }

    /** For reports. */
    String text(Object part) {
        return part.toString();
    }

    /** ASCII without commas and white space. */
    abstract String encode(Object part);

    abstract Object decode(String text);
}
