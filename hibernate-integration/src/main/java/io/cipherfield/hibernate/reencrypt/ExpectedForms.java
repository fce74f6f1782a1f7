package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.Storage;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The forms that nearly all values of a column have: its own suite under each key of the ring, and plaintext, or the format of the legacy
 * reader that owns what has no header. The database counts them all in one pass over the table, by comparing the first bytes; whatever is
 * something else is looked at afterwards.
 */
record ExpectedForms(EncryptedColumn column, List<Expected> forms) {

    /** Of a longer ring, the other keys' values are something else. */
    private static final int KEYS = 6;

    record Expected(ValueForm form, String condition) {}

    static ExpectedForms of(EncryptedColumn column, Keyring keyring, DatabaseKind database) {
        Storage storage = column.attribute().storage();
        List<Expected> forms = new ArrayList<>();
        for (CipherKey key :
                keyring.keys().subList(0, Math.min(KEYS, keyring.keys().size()))) {
            CiphertextHeader header =
                    new CiphertextHeader(column.attribute().encryptor().suite(), key.id());
            boolean current = column.attribute().encryptor().isCurrent(header);
            forms.add(new Expected(
                    ValueForm.ciphertext(header, current), database.hasHeader(column.name(), storage, header)));
        }
        List<LegacyReader> readers = column.attribute().legacyReaders();
        if (readers.isEmpty()) {
            forms.add(new Expected(ValueForm.PLAINTEXT, database.startsLikeNoHeader(column.name(), storage)));
        } else if (!marked(column)) {
            forms.add(new Expected(
                    ValueForm.withoutHeader(readers.get(0)), database.startsLikeNoHeader(column.name(), storage)));
        }
        return new ExpectedForms(column, List.copyOf(forms));
    }

    /** Whether only the values themselves show whose they are: a mark is whatever its reader says. */
    static boolean marked(EncryptedColumn column) {
        return column.attribute().legacyReaders().stream()
                .anyMatch(reader -> reader.claim() == LegacyReader.Claim.MARKED);
    }

    /** How many values there are, then how many of each form. */
    String counts() {
        return "count(" + column.name() + ")"
                + forms.stream()
                        .map(form -> ", count(case when " + form.condition() + " then 1 end)")
                        .collect(Collectors.joining());
    }

    /** Holds for the values that are something else. */
    String somethingElse() {
        return column.name() + " is not null and not ("
                + forms.stream().map(form -> "(" + form.condition() + ")").collect(Collectors.joining(" or ")) + ")";
    }
}
