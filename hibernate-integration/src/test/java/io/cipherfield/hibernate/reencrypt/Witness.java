package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A row whose encrypted values say which version of the row they are of: one that was lost, or written over, gives itself away. */
@MappedSuperclass
abstract class Witness {

    static final Class<?>[] ALL = {Untouched.class, Updated.class, Replaced.class};

    @Id
    Long id;

    @Version
    long version;

    @Encrypted
    String secret;

    @Encrypted(storage = Storage.BINARY)
    String other;

    Witness() {}

    Witness(long id) {
        this.id = id;
        say(0);
    }

    void write() {
        requireIntact();
        say(version + 1);
    }

    private void say(long newVersion) {
        secret = secret(newVersion);
        other = other(newVersion);
    }

    void requireIntact() {
        if (!secret(version).equals(secret) || !other(version).equals(other)) {
            throw new AssertionError(
                    this + " of version " + version + " holds \"" + secret + "\" and \"" + other + "\"");
        }
    }

    private String secret(long ofVersion) {
        return "secret of row " + id + ", version " + ofVersion;
    }

    private String other(long ofVersion) {
        return ofVersion + " of " + id;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + id;
    }

    /** No application writes it. */
    @Entity(name = "Untouched")
    @Table(name = "untouched")
    static class Untouched extends Witness {
        Untouched() {}

        Untouched(long id) {
            super(id);
        }
    }

    /** There for good. */
    @Entity(name = "Updated")
    @Table(name = "updated")
    static class Updated extends Witness {
        Updated() {}

        Updated(long id) {
            super(id);
        }
    }

    /** Deleted, and inserted again with the same key. */
    @Entity(name = "Replaced")
    @Table(name = "replaced")
    static class Replaced extends Witness {
        Replaced() {}

        Replaced(long id) {
            super(id);
        }
    }
}
