package io.cipherfield.hibernate;

import io.cipherfield.ConfigurationException;

/** A mapping that cannot work, or not safely: it stops the start. */
final class Refusal {

    private Refusal() {}

    /**
     * @param reason why, as half a sentence
     * @param alternative what to do instead
     */
    static ConfigurationException of(AttributeOptions attribute, String reason, String alternative) {
        return of(attribute.attribute(), reason, alternative);
    }

    static ConfigurationException of(String attribute, String reason, String alternative) {
        return new ConfigurationException(
                "The attribute " + attribute + " cannot be encrypted: " + reason + ".", alternative);
    }
}
