package io.cipherfield.hibernate.internal.catalogue;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.Storage;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A column's value as JDBC gives it: a String where the storage is TEXT, bytes where it is BINARY. */
public final class StoredForm {

    private StoredForm() {}

    public static @Nullable Object read(ResultSet rows, int index, Storage storage) throws SQLException {
        return storage == Storage.TEXT ? rows.getString(index) : rows.getBytes(index);
    }

    /** Null if the value is no ciphertext. */
    public static @Nullable CiphertextHeader header(Object stored) {
        return stored instanceof byte[] bytes ? CiphertextHeader.of(bytes) : CiphertextHeader.of((CharSequence) stored);
    }
}
