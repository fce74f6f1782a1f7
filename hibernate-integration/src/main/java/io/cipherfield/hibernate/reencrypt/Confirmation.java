package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import java.util.Arrays;
import java.util.List;

/**
 * The words with which a person confirms that columns be decrypted. They say what happens and in how many columns, so that words from another occasion,
 * in a script say, do not pass.
 */
record Confirmation(List<EncryptedColumn> columns) {

    static Confirmation of(List<TableShape> tables) {
        return new Confirmation(
                tables.stream().flatMap(table -> table.columns().stream()).toList());
    }

    String words() {
        return "store " + columns.size() + (columns.size() == 1 ? " column" : " columns") + " in clear";
    }

    /** @param given may be several, with commas between them, for several persistence units */
    void require(String given) {
        if (Arrays.stream(given.split(",")).map(String::strip).noneMatch(words()::equals)) {
            StringBuilder text = new StringBuilder("Nothing was written. "
                    + (given.isBlank() ? "This wants to be confirmed" : "The confirmation is another one")
                    + ": the values in these columns would be stored in clear, for everyone who can read the database, its replicas,"
                    + " its logs and its backups from then on:");
            columns.forEach(column -> text.append("\n    ").append(column));
            throw new ReencryptionException(text.append(
                            "\nTo do that, confirm it with these words, by Reencryption.decryptAll(…) or --cipherfield.job.confirm=\"…\": ")
                    .append(words())
                    .toString());
        }
    }
}
