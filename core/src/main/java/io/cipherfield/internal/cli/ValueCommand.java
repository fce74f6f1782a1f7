package io.cipherfield.internal.cli;

/** What a command makes of one stored value. */
@FunctionalInterface
interface ValueCommand {

    /** @throws io.cipherfield.CipherfieldException if this value fails; the others go on */
    String apply(String stored);
}
