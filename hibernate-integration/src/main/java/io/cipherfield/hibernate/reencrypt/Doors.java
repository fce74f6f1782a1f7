package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.Setting;
import io.cipherfield.hibernate.EncryptedAttribute;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * By which values come in that no key of the ring vouches for, in the columns of a census: what is to be closed once none are left.
 *
 * @param plaintext whether plaintext is read
 * @param plaintextWritten whether it is written as well, so that the door is to stay open
 * @param plaintextBySetting whether it is read by the factory's setting
 * @param plaintextAttributes those that read it by a word of their own
 * @param plaintextReaders all that read it
 * @param readers the legacy readers by name, with their attributes
 * @param owners those of the readers that own all of their attributes' values without a header
 */
record Doors(
        boolean plaintext,
        boolean plaintextWritten,
        boolean plaintextBySetting,
        Set<String> plaintextAttributes,
        Set<String> plaintextReaders,
        Map<String, Set<String>> readers,
        Set<String> owners) {

    static final Doors CLOSED = new Doors(false, false, false, Set.of(), Set.of(), Map.of(), Set.of());

    static Doors of(Collection<EncryptedColumn> columns) {
        boolean plaintext = false;
        boolean written = false;
        boolean bySetting = false;
        Set<String> ofTheirOwn = new TreeSet<>();
        Set<String> inClear = new TreeSet<>();
        Map<String, Set<String>> readers = new LinkedHashMap<>();
        Set<String> owners = new TreeSet<>();
        for (EncryptedColumn column : columns) {
            EncryptedAttribute attribute = column.attribute();
            plaintext |= attribute.plaintextAllowed();
            written |= attribute.plaintextWritten();
            if (attribute.plaintextAllowed()) {
                inClear.add(name(column.entity(), column.path()));
            }
            bySetting |= attribute.plaintextInherited();
            if (attribute.plaintextAllowed() && !attribute.plaintextWritten() && !attribute.plaintextInherited()) {
                ofTheirOwn.add(name(column.entity(), column.path()));
            }
            LegacyReader owner = attribute.legacyOwner();
            if (owner != null) {
                owners.add(owner.name());
            }
            for (LegacyReader reader : attribute.legacyReaders()) {
                readers.computeIfAbsent(reader.name(), name -> new TreeSet<>())
                        .add(name(column.entity(), column.path()));
            }
        }
        return new Doors(plaintext, written, bySetting, ofTheirOwn, inClear, readers, owners);
    }

    private static String name(String entity, String path) {
        return entity.substring(entity.lastIndexOf('.') + 1) + "." + path;
    }

    /** Whether the reader owns what has no header in the attribute of this entry. */
    boolean isOwner(String reader, CensusEntry entry) {
        return owners.contains(reader)
                && readers.getOrDefault(reader, Set.of()).contains(name(entry.entity(), entry.attribute()));
    }

    /** Whether plaintext is read in the attribute of this entry. */
    boolean readsPlaintext(CensusEntry entry) {
        return plaintextReaders.contains(name(entry.entity(), entry.attribute()));
    }

    /** How the one of plaintext is closed. */
    String closePlaintext() {
        List<String> steps = new ArrayList<>();
        if (plaintextBySetting) {
            steps.add("set " + Setting.PLAINTEXT.property() + "=refuse");
        }
        if (!plaintextAttributes.isEmpty()) {
            steps.add("take plaintext = ALLOW out of " + String.join(", ", plaintextAttributes));
        }
        return String.join(", and ", steps);
    }

    String closeReader(String name) {
        return "take it out of " + String.join(", ", readers.getOrDefault(name, Set.of()));
    }
}
