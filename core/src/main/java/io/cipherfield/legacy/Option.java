package io.cipherfield.legacy;

/**
 * What a type of readers can be told.
 *
 * @param secret whether it is a password or a key, which may also come from the file that {@code <name>-file} names. Its name ends with one of the
 *     words by which command lines and Actuator know a secret
 */
record Option(String name, boolean secret) {

    static Option plain(String name) {
        return new Option(name, false);
    }

    static Option secret(String name) {
        return new Option(name, true);
    }
}
