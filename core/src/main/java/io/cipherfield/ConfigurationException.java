package io.cipherfield;

/** A key or another setting is missing, malformed or contradicts another one: what is wrong, and what to do about it. */
public final class ConfigurationException extends CipherfieldException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    /**
     * @param description what is wrong, with the place where the setting comes from and without its value; may have several
     *     lines
     * @param action what to do about it
     */
    public ConfigurationException(String description, String action) {
        super(description + (description.contains("\n") ? "\n" : " ") + action);
        this.description = description;
        this.action = action;
    }

    /** What is wrong. */
    public String description() {
        return description;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
