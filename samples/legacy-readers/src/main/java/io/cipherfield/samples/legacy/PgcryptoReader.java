package io.cipherfield.samples.legacy;

import io.cipherfield.legacy.LegacyReader;
import io.cipherfield.legacy.LegacyValueException;
import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * Reads what PostgreSQL's {@code pgp_sym_encrypt} and {@code pgp_sym_encrypt_bytea} stored in a {@code bytea} column: OpenPGP messages (RFC 4880). Any bytes could begin
 * as they do, so the reader owns its attribute's values. Messages without a modification detection code ({@code disable-mdc=1}) are refused.
 */
public final class PgcryptoReader implements LegacyReader {

    /** A compressed message of a few bytes may stand for many. */
    private static final int MAX_PLAINTEXT_SIZE_IN_BYTES = 16 * 1024 * 1024;

    private final char[] password;

    /** @param password the one that the application's statements passed */
    public PgcryptoReader(String password) {
        this.password = password.toCharArray();
    }

    @Override
    public String name() {
        return "pgcrypto";
    }

    @Override
    public Claim claim() {
        return Claim.EVERYTHING;
    }

    @Override
    public boolean recognises(byte[] stored) {
        return false;
    }

    @Override
    public boolean authenticated() {
        return true;
    }

    @Override
    public byte[] read(byte[] stored) {
        try {
            if (new BcPGPObjectFactory(stored).nextObject() instanceof PGPEncryptedDataList messages
                    && messages.get(0) instanceof PGPPBEEncryptedData message
                    && message.isIntegrityProtected()) {
                return read(message);
            }
        } catch (IOException | PGPException | RuntimeException e) {
            // Malformed packets end in whichever of them the library's parser meets first; their messages are not ours.
            throw new LegacyValueException("It was changed or cut, or written with another password.");
        }
        throw new LegacyValueException("It is no message of pgp_sym_encrypt's with a modification detection code.");
    }

    private byte[] read(PGPPBEEncryptedData message) throws IOException, PGPException {
        InputStream decrypted =
                message.getDataStream(new BcPBEDataDecryptorFactory(password, new BcPGPDigestCalculatorProvider()));
        Object content = new BcPGPObjectFactory(decrypted).nextObject();
        if (content instanceof PGPCompressedData compressed) {
            content = new BcPGPObjectFactory(compressed.getDataStream()).nextObject();
        }
        if (!(content instanceof PGPLiteralData literal)) {
            throw new PGPException("no literal data");
        }
        byte[] plaintext = literal.getInputStream().readNBytes(MAX_PLAINTEXT_SIZE_IN_BYTES + 1);
        if (plaintext.length > MAX_PLAINTEXT_SIZE_IN_BYTES || !message.verify()) {
            throw new PGPException("too long, or changed");
        }
        return plaintext;
    }

    @Override
    public String toString() {
        return "legacy reader pgcrypto";
    }
}
