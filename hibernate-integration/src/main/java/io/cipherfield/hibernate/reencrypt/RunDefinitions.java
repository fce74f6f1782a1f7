package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.journal.RunDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes a start go on with an unfinished run, and not begin another one: that both are to do the same. */
final class RunDefinitions {

    private RunDefinitions() {}

    static RunDefinition of(
            Mode mode, CipherfieldConfiguration configuration, JobSettings settings, List<TableShape> tables) {
        return new RunDefinition(
                mode.name(),
                configuration.keyring().primary().id().toString(),
                configuration.suite().label(),
                sorted(settings.from().stream()),
                sorted(settings.selections().stream()) + accepted(settings),
                hash(sorted(tables.stream().map(shape -> fingerprint(shape, mode)))
                        + (settings.copy() == null ? "" : settings.copy())));
    }

    /** A value that is accepted behind the progress of another run would not be met. */
    private static String accepted(JobSettings settings) {
        return settings.accepted().isEmpty() ? "" : " and as plaintext " + sorted(settings.accepted().stream());
    }

    private static String fingerprint(TableShape shape, Mode mode) {
        return shape.table().name()
                + shape.table().keyColumns()
                + shape.columns().stream()
                        .map(column -> mode.rebinds()
                                ? fingerprint(column) + " " + column.attribute().formerContexts()
                                : fingerprint(column))
                        .sorted()
                        .toList();
    }

    private static String fingerprint(EncryptedColumn column) {
        return column.name() + " " + column.attribute().storage() + " "
                + column.attribute().deterministic() + " " + column.attribute().context()
                + column.attribute().legacyReaders().stream()
                        .map(reader -> " " + reader.name())
                        .collect(Collectors.joining());
    }

    private static String sorted(Stream<?> values) {
        return values.map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String hash(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
