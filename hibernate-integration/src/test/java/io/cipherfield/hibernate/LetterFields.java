package io.cipherfield.hibernate;

import jakarta.persistence.Basic;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.MappedSuperclass;

/** Enhanced by {@link EnhancingClassLoader}, which cannot load nested classes. */
@MappedSuperclass
abstract class LetterFields implements Letter {
    @Id
    Long id = 1L;

    @Encrypted
    String name = "name";

    @Encrypted
    @Lob
    @Basic(fetch = FetchType.LAZY)
    String body = "body";

    @Encrypted
    @Basic(fetch = FetchType.LAZY)
    byte[] seal = {1, 2, 3};

    @Encrypted
    byte[] stamp = {4, 5, 6};

    @Override
    public String name() {
        return name;
    }

    @Override
    public void name(String newName) {
        name = newName;
    }

    @Override
    public String body() {
        return body;
    }

    @Override
    public void body(String newBody) {
        body = newBody;
    }

    @Override
    public byte[] seal() {
        return seal;
    }

    @Override
    public byte[] stamp() {
        return stamp;
    }
}
