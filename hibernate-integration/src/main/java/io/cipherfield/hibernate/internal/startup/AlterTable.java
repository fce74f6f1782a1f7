package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.ColumnDeclaration;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.OracleDialect;
import org.hibernate.dialect.SQLServerDialect;
import org.jspecify.annotations.Nullable;

/** The statements that make a column fit, in the words of one database. None of them loses a value. */
final class AlterTable {

    /** Bytes; longer keys are refused by MariaDB and MySQL when the column is widened. */
    static final int LONGEST_KEY_OF_MARIADB = 3072;

    private static final String BINARY_COLLATION_OF_SQL_SERVER = "Latin1_General_100_BIN2";

    private final DatabaseKind database;
    private final Dialect dialect;

    AlterTable(Dialect dialect) {
        this.database = DatabaseKind.of(dialect);
        this.dialect = dialect;
    }

    /**
     * The column's type becomes the declared one; its values stay as they are.
     *
     * @param plaintext whether there may be some, in any characters
     */
    List<String> retype(EncryptedColumn column, RealColumn real, boolean plaintext) {
        String type = column.attribute().storage() == Storage.BINARY && real.kind() == ColumnKind.CHARACTERS
                ? bytesOf(column, real)
                : type(column, plaintext ? real.collation() : null);
        List<String> statements = new ArrayList<>();
        if (real.type().startsWith("varchar_ignorecase")) {
            // As long as it is set, H2 makes every column of text such a one, whatever the statement says.
            statements.add("set ignorecase false;");
        }
        if (database == DatabaseKind.H2 && real.kind() == ColumnKind.PADDED_CHARACTERS) {
            // Its blanks become part of the values, which may be too long with them.
            String name = column.name();
            statements.add(alter(column, "alter column " + name + " set data type varchar"));
            statements.add("update " + column.table().name() + " set " + name + " = rtrim(" + name + ");");
        }
        String definition = type;
        if (database == DatabaseKind.MARIADB) {
            definition = type + (real.nullable() ? " null" : " not null") + comment(real);
        } else if (dialect instanceof SQLServerDialect) {
            definition = type + (real.nullable() ? "" : " not null");
        }
        boolean whole = database == DatabaseKind.MARIADB || dialect instanceof SQLServerDialect;
        String change = dialect.supportsAlterColumnType()
                ? dialect.getAlterColumnTypeString(column.name(), whole ? definition : type, definition)
                : "alter column " + column.name() + " set data type " + definition;
        statements.add(alter(column, change + using(column, real)));
        return statements;
    }

    /** A type of bytes that takes what is there as text, which is longer. */
    private String bytesOf(EncryptedColumn column, RealColumn real) {
        ColumnDeclaration declared = column.declared();
        if (real.capacity() <= declared.length()) {
            return declared.sqlType();
        }
        String bounded = "varbinary(" + real.capacity() + ")";
        return switch (database) {
            case H2 -> real.type().contains("large object") ? "blob" : bounded;
            case MARIADB -> real.type().endsWith("text") ? real.type().replace("text", "blob") : bounded;
            case POSTGRESQL, OTHER -> declared.sqlType();
        };
    }

    /** Text becomes its bytes; ciphertext in bytes becomes its text form. */
    private String using(EncryptedColumn column, RealColumn real) {
        if (database != DatabaseKind.POSTGRESQL) {
            return "";
        }
        String name = column.name();
        boolean toText = column.attribute().storage() == Storage.TEXT;
        if (toText && real.kind() == ColumnKind.BYTES) {
            return " using case when substring(" + name + ", 1, 1) = '\\xcf' then translate(encode(" + name
                    + ", 'base64'), E'+/=\\n', '-_') else convert_from(" + name + ", 'UTF8') end";
        }
        return toText || real.kind() == ColumnKind.BYTES ? "" : " using convert_to(" + name + ", 'UTF8')";
    }

    /** The values stay in a column of another name, from which the application may encrypt them into the new one. */
    List<String> moveAside(EncryptedColumn column, RealColumn real) {
        String name = column.name();
        String aside = TableName.isQuoted(name)
                ? name.substring(0, name.length() - 1) + "_plain" + name.charAt(name.length() - 1)
                : name + "_plain";
        List<String> statements = new ArrayList<>();
        if (database == DatabaseKind.MARIADB) {
            statements.add(alter(column, "change " + name + " " + aside + " " + real.type() + " null"));
        } else {
            statements.add(
                    dialect instanceof SQLServerDialect
                            ? "exec sp_rename '" + column.qualifiedName().replace("'", "''") + "', '"
                                    + real.name().replace("'", "''") + "_plain', 'COLUMN';"
                            : alter(column, "rename column " + name + " to " + aside));
            if (!real.nullable()) {
                statements.add(alter(
                        column,
                        dialect instanceof OracleDialect
                                ? "modify " + aside + " null"
                                : dialect instanceof SQLServerDialect
                                        ? "alter column " + aside + " " + real.type() + " null"
                                        : "alter column " + aside + " drop not null"));
            }
        }
        statements.add(add(column));
        return statements;
    }

    /** For a column whose values the database computes from others. */
    List<String> replace(EncryptedColumn column) {
        return List.of(alter(column, "drop column " + column.name()), add(column));
    }

    private String add(EncryptedColumn column) {
        boolean bare = dialect instanceof OracleDialect || dialect instanceof SQLServerDialect;
        return alter(column, (bare ? "add " : "add column ") + column.name() + " " + type(column, null));
    }

    /** @return nothing where the default has a name of its own, which JDBC does not tell */
    List<String> dropDefault(EncryptedColumn column) {
        if (dialect instanceof SQLServerDialect) {
            return List.of();
        }
        return List.of(alter(
                column,
                dialect instanceof OracleDialect
                        ? "modify " + column.name() + " default null"
                        : "alter column " + column.name() + " drop default"));
    }

    String drop(EncryptedColumn column, RealIndex index) {
        if (database == DatabaseKind.MARIADB) {
            return alter(column, "drop index " + quoted(index.name()));
        }
        // What is known of other databases does not tell constraints from indexes; a unique one is a constraint mostly.
        String constraint = database == DatabaseKind.OTHER && index.unique() ? index.name() : index.constraint();
        if (constraint != null) {
            return alter(column, "drop constraint " + quoted(constraint));
        }
        if (dialect instanceof SQLServerDialect) {
            return "drop index " + quoted(index.name()) + " on "
                    + column.table().name() + ";";
        }
        String schema = index.table().schema();
        return "drop index " + (schema == null ? "" : quoted(schema) + ".") + quoted(index.name()) + ";";
    }

    /** @param present the collation of values whose characters must stay, or null */
    private String type(EncryptedColumn column, @Nullable String present) {
        ColumnDeclaration declared = column.declared();
        String collation = declared.collation();
        if (declared.written() || column.attribute().storage() != Storage.TEXT) {
            return declared.sqlType();
        }
        if (database == DatabaseKind.MARIADB && collation != null) {
            String characters = characterSet(present == null ? collation : present);
            return declared.sqlType() + " character set " + characters + " collate "
                    + (present == null ? collation : characters + "_bin");
        }
        if (dialect instanceof SQLServerDialect && collation == null) {
            collation = BINARY_COLLATION_OF_SQL_SERVER;
        }
        return declared.sqlType() + (collation == null ? "" : " collate " + collation);
    }

    private static String characterSet(String collation) {
        int end = collation.indexOf('_');
        return end < 0 ? collation : collation.substring(0, end);
    }

    private static String comment(RealColumn real) {
        return real.comment().isEmpty()
                ? ""
                : " comment '" + real.comment().replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private String quoted(String name) {
        return dialect.openQuote() + name + dialect.closeQuote();
    }

    private static String alter(EncryptedColumn column, String change) {
        return "alter table " + column.table().name() + " " + change + ";";
    }
}
