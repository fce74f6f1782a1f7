package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.reencrypt.CopiedEntities.Copied;
import io.cipherfield.hibernate.reencrypt.DecryptAllTest.Leaver;
import io.cipherfield.hibernate.reencrypt.RenamedEntities.Meanwhile;
import java.util.List;
import java.util.function.Function;

/** What a {@link JobMain} does, and is killed at. */
enum KilledWork {
    ROTATION(PlaintextPolicy.REFUSE, Reencryption::run, Witness.ALL),
    MIGRATION(PlaintextPolicy.ALLOW, Reencryption::run, Mixture.Mixed.class),
    REBIND(PlaintextPolicy.REFUSE, Reencryption::rebind, Meanwhile.Person.class),
    COPY(PlaintextPolicy.REFUSE, job -> job.copy(Copied.class, "salary", "salaryEncrypted"), Copied.class),
    DECRYPT_ALL(PlaintextPolicy.PREPARE, job -> job.decryptAll(DecryptAllTest.ASKED_FOR), Leaver.class);

    private final PlaintextPolicy plaintext;
    private final Function<Reencryption, Report> work;
    private final List<Class<?>> entities;

    KilledWork(PlaintextPolicy plaintext, Function<Reencryption, Report> work, Class<?>... entities) {
        this.plaintext = plaintext;
        this.work = work;
        this.entities = List.of(entities);
    }

    PlaintextPolicy plaintext() {
        return plaintext;
    }

    List<Class<?>> entities() {
        return entities;
    }

    Report run(Reencryption job) {
        return work.apply(job);
    }
}
