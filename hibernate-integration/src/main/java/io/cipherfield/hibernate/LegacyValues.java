package io.cipherfield.hibernate;

import io.cipherfield.CipherfieldException;
import io.cipherfield.ConfigurationException;
import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.legacy.LegacyValueException;
import io.cipherfield.value.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one attribute that another system encrypted: whose they are, and what they are as values of the attribute's type. */
final class LegacyValues {

    private final ValueCodec<?> codec;
    private final @Nullable JsonFormat json;
    private final List<LegacyReader> readers;
    private final List<LegacyReader> marked;
    private final List<LegacyReader> searchable;
    private final @Nullable LegacyReader owner;

    private LegacyValues(
            List<LegacyReader> readers, @Nullable LegacyReader owner, ValueCodec<?> codec, @Nullable JsonFormat json) {
        this.readers = readers;
        this.owner = owner;
        this.codec = codec;
        this.json = json;
        this.marked = readers.stream().filter(reader -> reader != owner).toList();
        boolean unique = codec.javaType() == byte[].class || LegacyText.isUnique(codec.javaType());
        this.searchable = unique && json == null
                ? readers.stream().filter(LegacyReader::deterministic).toList()
                : List.of();
    }

    /** @throws ConfigurationException if a name is nobody's, or two readers would own what bears no mark */
    static LegacyValues of(
            AttributeOptions options, CipherfieldService service, ValueCodec<?> codec, @Nullable JsonFormat json) {
        List<LegacyReader> readers = new ArrayList<>();
        for (String name : options.legacy().stream().distinct().toList()) {
            readers.add(named(name, options, service.legacyReaders()));
        }
        List<LegacyReader> owners = readers.stream()
                .filter(reader -> reader.claim() == LegacyReader.Claim.EVERYTHING)
                .toList();
        if (owners.size() > 1) {
            throw Refusal.of(
                    options,
                    "its legacy readers " + owners.get(0).name() + " and "
                            + owners.get(1).name() + " would both own the values that bear no mark",
                    "Leave one of them.");
        }
        return new LegacyValues(List.copyOf(readers), owners.isEmpty() ? null : owners.get(0), codec, json);
    }

    private static LegacyReader named(String name, AttributeOptions options, LegacyReaders known) {
        try {
            return known.named(name);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(
                    "The attribute " + options.attribute() + " names a legacy reader that there is not: "
                            + e.description(),
                    e.action());
        }
    }

    List<LegacyReader> readers() {
        return readers;
    }

    /** Those by whose stored form a value of the attribute can be looked for. */
    List<LegacyReader> searchable() {
        return searchable;
    }

    /** Who owns what bears no mark; null if nobody does. */
    @Nullable
    LegacyReader owner() {
        return owner;
    }

    /** @param stored String or byte[], no ciphertext of format 1 under a key of the ring */
    @Nullable
    LegacyReader reader(Object stored) {
        byte[] bytes = bytes(stored);
        for (LegacyReader reader : marked) {
            if (recognises(reader, bytes)) {
                return reader;
            }
        }
        return owner;
    }

    /**
     * Whether a value that starts like ciphertext of a key which nobody has does so by chance: its owner reads it as a value of the attribute. Bytes are
     * not told from garbage by an owner that does not authenticate them, and a value that may be ciphertext is none of its.
     */
    boolean isLookalike(Object stored) {
        if (owner == null || !tellsLookalikes()) {
            return false;
        }
        try {
            if (reader(stored) != owner) {
                return false;
            }
            read(owner, stored);
            return true;
        } catch (LegacyValueException e) {
            return false;
        }
    }

    boolean tellsLookalikes() {
        return owner != null && (owner.authenticated() || (owner.garbageShows() && codec.javaType() != byte[].class));
    }

    private static boolean recognises(LegacyReader reader, byte[] stored) {
        try {
            return reader.recognises(stored);
        } catch (RuntimeException e) {
            // Anybody's code, whose exceptions may hold the value.
            throw failure(reader, "failed with " + e.getClass().getName() + " to tell whether it is its own.");
        }
    }

    /** @throws LegacyValueException which names the reader, and holds nothing of the value */
    Object read(LegacyReader reader, Object stored) {
        byte[] plaintext = plaintext(reader, bytes(stored));
        if (codec.javaType() == byte[].class) {
            return plaintext;
        }
        String text = text(reader, plaintext);
        Arrays.fill(plaintext, (byte) 0);
        try {
            return json == null ? LegacyText.value(text, codec.javaType()) : json.read(text);
        } catch (CipherfieldException e) {
            throw failure(reader, "decrypts it, but: " + e.getMessage());
        } catch (RuntimeException e) {
            // Not as the cause: what parsers throw holds the text.
            throw failure(
                    reader,
                    "decrypts it to what is no " + codec.javaType().getName()
                            + ": the attribute has another type than it had there, or the reader's key or password is a wrong one.");
        }
    }

    private static byte[] plaintext(LegacyReader reader, byte[] stored) {
        try {
            return Objects.requireNonNull(reader.read(stored));
        } catch (CipherfieldException e) {
            throw failure(reader, "does not read it: " + e.getMessage());
        } catch (RuntimeException e) {
            // Anybody's code, whose exceptions may hold the value.
            throw failure(reader, "failed with " + e.getClass().getName() + ".");
        }
    }

    private static String text(LegacyReader reader, byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failure(
                    reader,
                    "decrypts it to what is no text in UTF-8: its key or password is a wrong one, most likely.");
        }
    }

    private static LegacyValueException failure(LegacyReader reader, String what) {
        return new LegacyValueException("its legacy reader " + reader.name() + " " + what);
    }

    /**
     * What a row holds where one of the {@link #searchable} readers' systems stored the value.
     *
     * @return String or byte[], as the storage says; null if that system cannot have stored it
     * @throws LegacyValueException which names the reader, and holds nothing of the value
     */
    @Nullable
    Object storedForm(LegacyReader reader, Object value, Storage storage) {
        byte[] plaintext;
        try {
            plaintext = value instanceof byte[] bytes ? bytes : utf8(LegacyText.of(value));
        } catch (CharacterCodingException e) {
            return null;
        }
        byte[] stored = storedForm(reader, plaintext);
        return storage == Storage.TEXT ? new String(stored, StandardCharsets.UTF_8) : stored;
    }

    private static byte[] storedForm(LegacyReader reader, byte[] plaintext) {
        try {
            return Objects.requireNonNull(reader.storedForm(plaintext));
        } catch (CipherfieldException e) {
            throw failure(reader, "cannot say what to look for: " + e.getMessage());
        } catch (RuntimeException e) {
            // Anybody's code, whose exceptions may hold the value.
            throw failure(reader, "failed with " + e.getClass().getName() + " to say what to look for.");
        }
    }

    private static byte[] utf8(String text) throws CharacterCodingException {
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static byte[] bytes(Object stored) {
        return stored instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) stored;
    }
}
