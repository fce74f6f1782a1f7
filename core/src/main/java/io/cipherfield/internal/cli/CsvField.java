package io.cipherfield.internal.cli;

/**
 * A field of a CSV record, byte for byte, so that what is not decrypted comes out as it went in, whatever its charset.
 *
 * @param raw the field as it stands in the file, with its quotes; each char is one byte
 * @param value the field without quotes; each char is one byte
 */
record CsvField(String raw, String value) {

    static CsvField quoted(String value, byte delimiter) {
        boolean plain = value.chars().noneMatch(c -> c == '"' || c == '\r' || c == '\n' || c == delimiter)
                && !value.isEmpty()
                && value.strip().length() == value.length();
        return new CsvField(plain ? value : '"' + value.replace("\"", "\"\"") + '"', value);
    }
}
