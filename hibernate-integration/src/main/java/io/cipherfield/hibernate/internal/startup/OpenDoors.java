package io.cipherfield.hibernate.internal.startup;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.HeaderSample;
import io.cipherfield.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What is still read beside ciphertext, and was in none of the rows that the start-up check looked at: plaintext, and the values of legacy readers. A few
 * rows of each table prove nothing, so a person is told to count. An attribute of which one column was not looked at is left out.
 */
final class OpenDoors {

    private static final Logger LOG = Logger.getLogger(OpenDoors.class);

    private final Set<EncryptedColumn> looked = new HashSet<>();
    private final Map<EncryptedColumn, HeaderSample> samples = new HashMap<>();

    /** @param taken none where every value looked at is ciphertext under a key of the ring */
    void looked(List<EncryptedColumn> columns, List<HeaderSample> taken) {
        looked.addAll(columns);
        taken.forEach(sample -> samples.put(sample.column(), sample));
    }

    void log(List<EncryptedColumn> all) {
        List<String> doors = new ArrayList<>();
        Map<String, List<EncryptedColumn>> attributes = all.stream()
                .collect(Collectors.groupingBy(
                        column -> column.attribute().entity() + "."
                                + column.attribute().name(),
                        TreeMap::new,
                        Collectors.toList()));
        attributes.forEach((name, columns) -> {
            EncryptedAttribute attribute = columns.get(0).attribute();
            boolean allows = attribute.plaintextAllowed() && !attribute.plaintextWritten();
            if (allows && !attribute.plaintextInherited() && nowhere(columns, sample -> sample.plaintexts() > 0)) {
                doors.add(name + ": plaintext, which its plaintext = ALLOW lets be read");
            }
            for (LegacyReader reader : attribute.legacyReaders()) {
                if (nowhere(columns, sample -> sample.legacyValues().containsKey(reader.name()))) {
                    doors.add(name + ": values of its legacy reader " + reader.name());
                }
            }
        });
        List<EncryptedColumn> inheriting = all.stream()
                .filter(column -> column.attribute().plaintextInherited())
                .toList();
        if (!inheriting.isEmpty() && nowhere(inheriting, sample -> sample.plaintexts() > 0)) {
            doors.add("all attributes without a word of their own: plaintext, which " + Setting.PLAINTEXT.property()
                    + "=allow lets be read");
        }
        if (!doors.isEmpty()) {
            LOG.info("Still read, and in none of the few rows that were looked at:\n    " + String.join("\n    ", doors)
                    + "\nTake a census, and what it does not find either need not be read any more: set "
                    + Setting.PLAINTEXT.property()
                    + "=refuse, take plaintext = ALLOW from the attribute, or the reader out of its legacy.");
        }
    }

    private boolean nowhere(List<EncryptedColumn> columns, Predicate<HeaderSample> holds) {
        return looked.containsAll(columns)
                && columns.stream().map(samples::get).filter(Objects::nonNull).noneMatch(holds);
    }
}
