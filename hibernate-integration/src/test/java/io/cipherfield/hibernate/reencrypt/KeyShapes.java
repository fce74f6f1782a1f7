package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.SoftDelete;
import org.jspecify.annotations.Nullable;

/** A table of each kind of key, filled by chance from a seed. */
final class KeyShapes {

    static final Class<?>[] ALL = {Holder.class, Node.class, Reading.class, Coded.class, Gone.class, Hidden.class};

    private KeyShapes() {}

    @Embeddable
    record ReadingId(
            @Column(name = "taken_at") LocalDateTime at,
            @Column(length = 20) String device,
            long sequence,
            @Column(name = "taken_on") LocalDate day,
            BigDecimal part,
            UUID batch)
            implements Serializable {}

    /** A composite key with dates and times. */
    @Entity(name = "Reading")
    @Table(name = "reading")
    static class Reading {
        @EmbeddedId
        ReadingId id;

        @Encrypted
        String secret;
    }

    @Entity(name = "Coded")
    @Table(name = "coded")
    static class Coded {
        @EmbeddedId
        CodedId id;

        @Encrypted(storage = Storage.BINARY)
        String secret;

        @Encrypted(deterministic = true)
        Integer number;
    }

    @Embeddable
    record CodedId(byte[] bytes, int place) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return other instanceof CodedId id && id.place == place && java.util.Arrays.equals(id.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return place;
        }
    }

    /** Reserved words, and a foreign key to its own table. */
    @Entity(name = "Node")
    @Table(name = "\"order\"")
    static class Node {
        @Id
        @Column(name = "\"group\"")
        Long id;

        @Encrypted
        @Column(name = "\"select\"")
        String name;

        @ManyToOne
        @JoinColumn(name = "\"from\"")
        Node parent;
    }

    @Entity(name = "Gone")
    @Table(name = "gone")
    @SoftDelete
    static class Gone {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Entity(name = "Hidden")
    @Table(name = "hidden")
    @SQLRestriction("id > 3")
    static class Hidden {
        @Id
        Long id;

        @Encrypted
        String secret;
    }

    @Embeddable
    static class Pair {
        @Encrypted
        String one;

        @Encrypted(deterministic = true)
        Integer two;

        String plain;

        @Override
        public boolean equals(Object other) {
            return other instanceof Pair pair && text().equals(pair.text());
        }

        @Override
        public int hashCode() {
            return text().hashCode();
        }

        String text() {
            return one + "|" + two + "|" + plain;
        }
    }

    @Entity(name = "Holder")
    @Table(name = "holder")
    static class Holder {
        @Id
        Long id;

        /** Without a primary key, as are the next ones. */
        @ElementCollection
        @CollectionTable(name = "holder_bag")
        @Encrypted
        List<String> bag = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "holder_same")
        @Encrypted(deterministic = true, storage = Storage.BINARY)
        List<String> same = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "holder_pairs")
        List<Pair> pairs = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "holder_ordered")
        @OrderColumn(name = "place")
        @Encrypted
        List<String> ordered = new ArrayList<>();

        /** With the ciphertext in the primary key, as are the next ones. */
        @ElementCollection
        @CollectionTable(name = "holder_words")
        @Column(name = "word", nullable = false)
        @Encrypted(deterministic = true)
        Set<String> words = new TreeSet<>();

        @ElementCollection
        @CollectionTable(name = "holder_entries")
        @EncryptedKey
        @MapKeyColumn(name = "entry_key")
        @Encrypted
        Map<String, String> entries = new HashMap<>();

        @ManyToMany
        @JoinTable(name = "holder_nodes")
        @EncryptedKey
        @MapKeyColumn(name = "nick")
        Map<String, Node> nodes = new HashMap<>();

        String text() {
            return id + " " + sorted(bag) + sorted(same)
                    + sorted(pairs.stream().map(Pair::text).toList()) + ordered
                    + new TreeSet<>(words) + new TreeMap<>(entries)
                    + sorted(nodes.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue().name)
                            .toList());
        }

        private static List<String> sorted(List<String> values) {
            return values.stream().map(String::valueOf).sorted().toList();
        }
    }

    static List<Object> random(Random random, int count) {
        List<Object> all = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            Node node = new Node();
            node.id = random.nextInt(1_000_000) * 1000L + id - 500_000_000;
            node.name = "node " + id;
            node.parent = nodes.isEmpty() || random.nextBoolean() ? null : nodes.get(random.nextInt(nodes.size()));
            nodes.add(node);
        }
        all.addAll(nodes);
        for (int i = 0; i < count; i++) {
            Reading reading = new Reading();
            reading.id = new ReadingId(
                    LocalDateTime.of(2024, 10, 27, random.nextInt(4), 30, 0, random.nextInt(3) * 1000),
                    List.of("", "a", "b", "é", "日", "'x", "z,").get(random.nextInt(7)),
                    random.nextInt(5) - 2,
                    LocalDate.of(1960 + random.nextInt(100), 1, 1),
                    BigDecimal.valueOf(random.nextInt(2000) - 1000, 2),
                    new UUID(random.nextLong(), i));
            reading.secret = value(random);
            all.add(reading);
            Coded coded = new Coded();
            byte[] bytes = new byte[random.nextInt(3)];
            random.nextBytes(bytes);
            coded.id = new CodedId(bytes, i - count / 2);
            coded.secret = value(random);
            coded.number = random.nextInt(4) == 0 ? null : random.nextInt(5);
            all.add(coded);
            Gone gone = new Gone();
            gone.id = (long) i;
            gone.secret = "gone " + i;
            all.add(gone);
            Hidden hidden = new Hidden();
            hidden.id = (long) i;
            hidden.secret = "hidden " + i;
            all.add(hidden);
            all.add(holder(random, i, nodes));
        }
        return all;
    }

    private static Holder holder(Random random, int id, List<Node> nodes) {
        Holder holder = new Holder();
        holder.id = id - 3L;
        // Now and then an owner of more than a page.
        int size = random.nextInt(6) == 0 ? 60 : random.nextInt(6);
        for (int i = 0; i < size; i++) {
            holder.bag.add(Objects.requireNonNullElse(value(random), "none"));
            holder.same.add("same " + random.nextInt(3));
            holder.ordered.add("ordered " + i);
            holder.words.add("word " + random.nextInt(100));
            holder.entries.put("key " + random.nextInt(100), "entry " + random.nextInt(3));
            holder.nodes.put("nick " + random.nextInt(100), nodes.get(random.nextInt(nodes.size())));
            Pair pair = new Pair();
            pair.one = value(random);
            pair.two = random.nextInt(3) == 0 ? null : random.nextInt(3);
            pair.plain = random.nextBoolean() ? "p" : "q";
            holder.pairs.add(pair);
        }
        return holder;
    }

    private static @Nullable String value(Random random) {
        int chosen = random.nextInt(6);
        return chosen == 0 ? null : chosen == 1 ? "twice" : "value " + random.nextInt(1000);
    }
}
