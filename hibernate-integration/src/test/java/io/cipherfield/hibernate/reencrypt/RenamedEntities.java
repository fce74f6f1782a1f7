package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One table in three versions of an application: before a rename, while values are moved, and when that is done. */
final class RenamedEntities {

    private RenamedEntities() {}

    /** The version before the rename. */
    @Entity(name = "Patient")
    @Table(name = "renamed")
    static class OldPatient {
        @Id
        Long id;

        @Encrypted
        String ssn;

        @Column(unique = true)
        @Encrypted(deterministic = true)
        String tax;

        @ElementCollection
        @CollectionTable(name = "renamed_note", joinColumns = @JoinColumn(name = "owner_id"))
        @MapKeyColumn(name = "title", length = 40)
        @Column(name = "note")
        @EncryptedKey
        @Encrypted
        Map<String, String> notes = new HashMap<>();

        @ElementCollection
        @CollectionTable(name = "renamed_tag", joinColumns = @JoinColumn(name = "owner_id"))
        @Column(name = "tag", nullable = false, length = 40)
        @Encrypted(deterministic = true)
        Set<String> tags = new HashSet<>();

        @ElementCollection
        @CollectionTable(name = "renamed_remark", joinColumns = @JoinColumn(name = "owner_id", nullable = false))
        @Column(name = "remark")
        @Encrypted
        List<String> remarks = new ArrayList<>();

        OldPatient() {}

        OldPatient(long id) {
            this.id = id;
            ssn = "ssn " + id;
            tax = "tax " + id;
            notes.put("title " + id, "note " + id);
            tags.add("tag " + id);
            remarks.addAll(List.of("remark " + id, "again " + id));
        }
    }

    static final class Meanwhile {
        private Meanwhile() {}

        /** The version that reads both. */
        @Entity(name = "Person")
        @Table(name = "renamed")
        static class Person {
            @Id
            Long id;

            @Column(name = "ssn")
            @Encrypted(formerContexts = {"AncientPatient.ssn", "OldPatient.ssn"})
            String number;

            @Column(unique = true)
            @Encrypted(deterministic = true, formerContexts = "OldPatient.tax")
            String tax;

            @ElementCollection
            @CollectionTable(name = "renamed_note", joinColumns = @JoinColumn(name = "owner_id"))
            @MapKeyColumn(name = "title", length = 40)
            @Column(name = "note")
            @EncryptedKey(formerContexts = "OldPatient.notes#key")
            @Encrypted(formerContexts = "OldPatient.notes")
            Map<String, String> notes = new HashMap<>();

            @ElementCollection
            @CollectionTable(name = "renamed_tag", joinColumns = @JoinColumn(name = "owner_id"))
            @Column(name = "tag", nullable = false, length = 40)
            @Encrypted(deterministic = true, formerContexts = "OldPatient.tags")
            Set<String> tags = new HashSet<>();

            @ElementCollection
            @CollectionTable(name = "renamed_remark", joinColumns = @JoinColumn(name = "owner_id", nullable = false))
            @Column(name = "remark")
            @Encrypted(formerContexts = "OldPatient.remarks")
            List<String> remarks = new ArrayList<>();
        }
    }

    static final class Afterwards {
        private Afterwards() {}

        /** The version that has forgotten the old names. */
        @Entity(name = "Person")
        @Table(name = "renamed")
        static class Person {
            @Id
            Long id;

            @Column(name = "ssn")
            @Encrypted
            String number;

            @Column(unique = true)
            @Encrypted(deterministic = true)
            String tax;

            @ElementCollection
            @CollectionTable(name = "renamed_note", joinColumns = @JoinColumn(name = "owner_id"))
            @MapKeyColumn(name = "title", length = 40)
            @Column(name = "note")
            @EncryptedKey
            @Encrypted
            Map<String, String> notes = new HashMap<>();

            @ElementCollection
            @CollectionTable(name = "renamed_tag", joinColumns = @JoinColumn(name = "owner_id"))
            @Column(name = "tag", nullable = false, length = 40)
            @Encrypted(deterministic = true)
            Set<String> tags = new HashSet<>();

            @ElementCollection
            @CollectionTable(name = "renamed_remark", joinColumns = @JoinColumn(name = "owner_id", nullable = false))
            @Column(name = "remark")
            @Encrypted
            List<String> remarks = new ArrayList<>();

            String text() {
                return id + "|" + number + "|" + tax + "|" + new java.util.TreeMap<>(notes) + "|"
                        + new java.util.TreeSet<>(tags) + "|"
                        + remarks.stream().sorted().toList();
            }
        }
    }
}
