package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.ColumnDeclaration;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.dialect.Dialect;

/**
 * What a real column must be, so that a ciphertext comes back from it as it went in and nothing else gets in. While values are written to it in clear, it
 * may still be the plain column that it was, and what is left to do is said.
 */
final class ColumnRules {

    private final DatabaseKind database;
    private final AlterTable alter;
    private final RealTable table;
    private final EncryptedColumn column;
    private final RealColumn real;
    private final EncryptedAttribute attribute;
    private final boolean holdsPlaintext;
    private final List<ColumnFinding> findings = new ArrayList<>();

    private ColumnRules(
            Dialect dialect, RealTable table, EncryptedColumn column, RealColumn real, boolean holdsPlaintext) {
        this.database = DatabaseKind.of(dialect);
        this.alter = new AlterTable(dialect);
        this.table = table;
        this.column = column;
        this.real = real;
        this.attribute = column.attribute();
        this.holdsPlaintext = holdsPlaintext;
    }

    /** @param holdsPlaintext whether a look at some rows found values that are no ciphertext, in either form */
    static List<ColumnFinding> check(
            Dialect dialect, RealTable table, EncryptedColumn column, RealColumn real, boolean holdsPlaintext) {
        ColumnRules rules = new ColumnRules(dialect, table, column, real, holdsPlaintext);
        if (real.generated()) {
            rules.add(true, "the database computes it, in clear", rules.alter.replace(column));
        } else if (!real.kind().fits(rules.attribute.storage(), rules.database)) {
            rules.wrongType();
        } else {
            rules.characters();
            rules.defaultValue();
            rules.indexes();
            rules.length();
            rules.collation();
            rules.textInBytes();
        }
        return rules.findings;
    }

    /** What replaces characters outside of strict mode, so that a value would be lost, is an error before anything is written there. */
    private void characters() {
        String collation = real.collation();
        if (attribute.plaintextWritten()
                && attribute.storage() == Storage.TEXT
                && database == DatabaseKind.MARIADB
                && collation != null
                && collation.startsWith("ascii")) {
            add(
                    true,
                    "has the character set ascii, and gets values in clear (plaintext=prepare), whose other characters it cannot"
                            + " hold",
                    alter.retype(column, real, false));
        }
    }

    private void wrongType() {
        String what = "is " + real.type()
                + (isPadded() ? ", which puts blanks or zeros behind a value" : "")
                + ", and its ciphertext in " + attribute.storage() + " storage needs "
                + column.declared().sqlType() + otherStorage();
        if (isConvertible()) {
            defaultValue();
            indexes();
            add(!holdsPlainText(), what, retype());
        } else {
            add(
                    true,
                    what + ". The statements keep the values there are in a column of another name",
                    alter.moveAside(column, real));
        }
    }

    /** Other systems' values are read where they are, if the attribute's storage is the column's. */
    private String otherStorage() {
        if (attribute.legacyReaders().isEmpty()) {
            return "";
        }
        Storage storage = attribute.storage() == Storage.TEXT ? Storage.BINARY : Storage.TEXT;
        return real.kind().fits(storage, database) ? ": say storage = " + storage + ", or change the column" : "";
    }

    private boolean isPadded() {
        return real.kind() == ColumnKind.PADDED_CHARACTERS || real.kind() == ColumnKind.PADDED_BYTES;
    }

    /** Whether what may be there can be read in the column when its type is changed. */
    private boolean isConvertible() {
        return switch (real.kind()) {
            case CHARACTERS -> !holdsPlaintext;
            case PADDED_CHARACTERS, BYTES -> attribute.storage() == Storage.TEXT;
            case PADDED_BYTES, OTHER -> false;
        };
    }

    private void defaultValue() {
        if (real.defaultValue() != null) {
            // While plaintext is allowed an older version of the application may rely on it, and what it writes is
            // read.
            add(
                    !attribute.plaintextAllowed(),
                    "has a default, which the database would write in clear",
                    alter.dropDefault(column));
        }
    }

    private void indexes() {
        if (attribute.deterministic()) {
            return;
        }
        for (RealIndex index : table.indexesOf(real)) {
            if (index.primaryKey()) {
                add(true, "is part of the primary key, though equal values have different ciphertexts", List.of());
            } else if (index.unique()) {
                add(
                        !attribute.plaintextWritten(),
                        (index.constraint() == null ? "the unique index " : "the unique constraint ")
                                + (index.constraint() == null ? index.name() : index.constraint())
                                + " holds no one back, since equal values have different ciphertexts: leave it out,"
                                + " or make the attribute deterministic",
                        List.of(alter.drop(column, index)));
            } else {
                add(
                        false,
                        "the index " + index.name() + " finds nothing, since equal values have different"
                                + " ciphertexts, and may refuse long ones",
                        List.of(alter.drop(column, index)));
            }
        }
    }

    private void length() {
        ColumnDeclaration declared = column.declared();
        if (real.capacity() < declared.length()) {
            String unit = attribute.storage() == Storage.TEXT ? " characters" : " bytes";
            add(
                    !attribute.plaintextWritten(),
                    "is " + real.type()
                            + (declared.written()
                                    ? ", and any ciphertext has " + declared.length() + unit
                                            + " or more: widen it, and the columnDefinition"
                                    : ", and its longest ciphertext has " + declared.length() + unit),
                    declared.written() ? List.of() : retype());
        }
    }

    private void collation() {
        if (!real.blurred() || attribute.storage() != Storage.TEXT) {
            return;
        }
        String collation = real.collation();
        boolean ofTheDatabase = database == DatabaseKind.H2 && !real.type().startsWith("varchar_ignorecase");
        String by = database == DatabaseKind.H2 || collation == null
                ? ofTheDatabase ? "by the database's SET COLLATION" : "as " + real.type()
                : "by the collation " + collation;
        String consequence = attribute.deterministic()
                ? ": queries would find, and unique constraints refuse, what is not there"
                : ": harmless as long as nothing compares them";
        add(
                attribute.deterministic() && !attribute.plaintextWritten(),
                "its texts are compared " + by + ", to which different ciphertexts may be equal" + consequence
                        + (ofTheDatabase ? ". Use storage = BINARY: it can be set only while there are no tables" : "")
                        + (column.declared().written() ? ". Name a binary one in the columnDefinition" : ""),
                ofTheDatabase || column.declared().written() ? List.of() : retype());
    }

    private void textInBytes() {
        if (attribute.storage() == Storage.TEXT && real.kind() == ColumnKind.BYTES) {
            add(
                    false,
                    "is " + real.type() + " and gets ciphertext as text, so that values in bytes, if there are any,"
                            + " are not read: storage = BINARY reads both, and needs less room",
                    List.of());
        }
    }

    private List<String> retype() {
        List<String> statements = new ArrayList<>();
        if (real.defaultValue() != null && attribute.storage() == Storage.BINARY) {
            statements.addAll(alter.dropDefault(column));
        }
        if (database == DatabaseKind.MARIADB && column.declared().length() > AlterTable.LONGEST_KEY_OF_MARIADB) {
            table.indexesOf(real).stream()
                    .filter(index -> !attribute.deterministic() && !index.primaryKey())
                    .forEach(index -> statements.add(alter.drop(column, index)));
        }
        boolean otherCharacters = holdsPlaintext
                || attribute.plaintextAllowed()
                || !attribute.legacyReaders().isEmpty();
        statements.addAll(alter.retype(column, real, otherCharacters));
        return statements;
    }

    private boolean holdsPlainText() {
        return attribute.plaintextWritten()
                && attribute.storage() == Storage.TEXT
                && real.kind() == ColumnKind.PADDED_CHARACTERS;
    }

    private void add(boolean error, String what, List<String> statements) {
        findings.add(
                table.view()
                        ? new ColumnFinding(
                                column, error, what + ". This is a view: change the table behind it", List.of())
                        : new ColumnFinding(column, error, what, statements));
    }
}
