package io.cipherfield.legacy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A reader as an application would have one of its own: what it stored is in capitals. */
public final class ShoutedValues implements LegacyReader {

    private final String name;

    /** For the service loader. */
    public ShoutedValues() {
        this("shouted");
    }

    ShoutedValues(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
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
        return false;
    }

    @Override
    public byte[] read(byte[] stored) {
        return new String(stored, StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }
}
