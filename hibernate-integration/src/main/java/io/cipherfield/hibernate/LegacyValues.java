package io.cipherfield.hibernate;

import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.legacy.LegacyValueException;
import io.cipherfield.value.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one attribute that another system encrypted: whose they are, and what they are as values of the attribute's type. */
final class LegacyValues {

    private final List<LegacyReader> marked;
    private final @Nullable LegacyReader owner;
    private final List<LegacyReader> readers;

    private LegacyValues(List<LegacyReader> readers, @Nullable LegacyReader owner) {
        this.readers = readers;
        this.owner = owner;
        this.marked = readers.stream().filter(reader -> reader != owner).toList();
    }

    /** @throws io.cipherfield.ConfigurationException if a name is nobody's, or two readers would own what bears no mark */
    static LegacyValues of(AttributeOptions options, LegacyReaders known) {
        List<LegacyReader> readers = options.legacy().stream().map(known::named).toList();
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
        return new LegacyValues(readers, owners.isEmpty() ? null : owners.get(0));
    }

    List<LegacyReader> readers() {
        return readers;
    }

    /** @param stored String or byte[], no ciphertext of format 1 */
    @Nullable
    LegacyReader reader(Object stored) {
        byte[] bytes = bytes(stored);
        for (LegacyReader reader : marked) {
            if (reader.recognises(bytes)) {
                return reader;
            }
        }
        return owner;
    }

    Object read(LegacyReader reader, Object stored, ValueCodec<?> codec) {
        byte[] plaintext = reader.read(bytes(stored));
        return codec.javaType() == byte[].class ? plaintext : text(plaintext);
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LegacyValueException(
                    "What it decrypts to is no text in UTF-8: its key or password is a wrong one.");
        }
    }

    private static byte[] bytes(Object stored) {
        return stored instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) stored;
    }
}
