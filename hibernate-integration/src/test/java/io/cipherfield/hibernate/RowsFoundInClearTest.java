package io.cipherfield.hibernate;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same while values are written in clear: rows under another key, and soon rows in clear beside them. */
class RowsFoundInClearTest extends RowsFoundByValueTest {

    @Override
    Map<String, Object> further() {
        // The columns of MariaDB are still ASCII, and so are the values here.
        return Map.of(Setting.PLAINTEXT.property(), "prepare", Setting.STARTUP_CHECK.property(), "warn");
    }

    /** Dates and numbers are encrypted still. */
    @Override
    boolean isNew(@Nullable CiphertextHeader header) {
        return header == null || super.isNew(header);
    }
}
