package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A census for a person, who wants to know which key may go, and which door may be closed. */
record CensusText(Census census) {

    String toText() {
        Function<String, String> entityNames = ShortNames.of(
                census.entries().stream().map(CensusEntry::entity).distinct().toList());
        TextTable table = new TextTable("column", "attribute", "stored as", "key", ">values");
        for (CensusEntry entry : census.entries()) {
            table.row(
                    entry.table() + "." + entry.column(),
                    entityNames.apply(entry.entity()) + "." + entry.attribute(),
                    entry.reader() == null ? Census.storedAs(entry) : Census.storedAs(entry) + " " + entry.reader(),
                    entry.keyId() == null ? "" : entry.keyId() + " " + census.use(entry.keyId()),
                    entry.count());
        }
        return table.toText() + keysText();
    }

    String keysText() {
        StringBuilder text = new StringBuilder();
        for (CipherKey key : decryptOnly()) {
            text.append(found("key " + key.id(), census.remaining(key.id()), ""))
                    .append(where(entry -> key.id().equals(entry.keyId())));
        }
        if (census.plaintexts() > 0) {
            text.append(found("in clear", census.plaintexts(), ""));
            text.append(found("encrypted", census.ciphertexts(), ""));
        } else if (census.doors().plaintext() && !census.doors().plaintextWritten()) {
            String close = census.plaintextLookalikes() == 0 ? census.doors().closePlaintext() : "";
            text.append(found("plaintext", 0, close));
        }
        if (census.plaintextLookalikes() > 0) {
            text.append("    and ")
                    .append(counted(census.plaintextLookalikes(), "value"))
                    .append(
                            " of attributes that read plaintext that may be plaintext, or ciphertext of a key that is not in the ring: let"
                                    + " plaintext be read until it is known which (docs/plaintext.md)\n");
        }
        for (String reader : census.doors().readers().keySet()) {
            long count = census.legacy(reader);
            long lookalikes = census.lookalikes(reader);
            String close = lookalikes == 0 ? census.doors().closeReader(reader) : "";
            text.append(found("legacy reader " + reader, count, close))
                    .append(where(entry -> reader.equals(entry.reader())));
            if (lookalikes > 0) {
                text.append("    and ")
                        .append(counted(lookalikes, "value"))
                        .append(
                                " of its attributes that may be its own, or ciphertext of a key that is not in the ring: keep the reader"
                                        + " until it is known which (docs/legacy.md)\n");
            }
        }
        census.notSeen().forEach(one -> text.append("not seen: ").append(one).append('\n'));
        return text.toString();
    }

    /**
     * It never speaks as if it had seen all where it has not.
     *
     * @param ifNone what to do then
     */
    private String found(String what, long count, String ifNone) {
        boolean allSeen = census.notSeen().isEmpty();
        return what + ": " + (count == 0 ? "none" : counted(count, "value")) + " found in "
                + (allSeen ? "" : "what could be seen of ") + counted(census.columns(), "column") + " of "
                + counted(census.tables(), "table") + " at " + census.at()
                + (count == 0 && allSeen && !ifNone.isEmpty() ? ": " + ifNone : "") + "\n";
    }

    private List<CipherKey> decryptOnly() {
        List<CipherKey> keys = census.keyring().keys();
        return keys.subList(1, keys.size());
    }

    private String where(Predicate<CensusEntry> which) {
        Map<String, Long> columns = census.entries().stream()
                .filter(which)
                .collect(Collectors.groupingBy(
                        entry -> entry.table() + "." + entry.column(),
                        LinkedHashMap::new,
                        Collectors.summingLong(CensusEntry::count)));
        StringBuilder text = new StringBuilder();
        columns.forEach((column, count) ->
                text.append("    ").append(column).append(": ").append(count).append('\n'));
        return text.toString();
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
