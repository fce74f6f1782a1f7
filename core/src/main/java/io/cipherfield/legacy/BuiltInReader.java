package io.cipherfield.legacy;

/** What all readers that settings describe have in common. */
abstract class BuiltInReader implements LegacyReader {

    private final String name;
    private final String type;
    private final Claim claim;
    private final boolean authenticated;

    BuiltInReader(ReaderOptions options, Claim claim, boolean authenticated) {
        this.name = options.name();
        this.type = options.type();
        this.claim = claim;
        this.authenticated = authenticated;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Claim claim() {
        return claim;
    }

    /** That of a reader without a mark. */
    @Override
    public boolean recognises(byte[] stored) {
        return false;
    }

    @Override
    public final boolean authenticated() {
        return authenticated;
    }

    @Override
    public final String toString() {
        return "legacy reader " + name + " (" + type + (authenticated ? ")" : ", not authenticated)");
    }
}
