package io.cipherfield.samples.plain;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.SettingSource;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.LocalDate;
import java.util.Map;

/** Stores an entity with encrypted attributes, shows the stored row, rotates the key, and reads the entity again. */
public final class PlainHibernate {

    private PlainHibernate() {}

    public static void main(String[] args) {
        try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("clinic")) {
            factory.runInTransaction(entityManager ->
                    entityManager.persist(new Patient("Ada", "078-05-1120", LocalDate.of(1815, 12, 10))));
            print(factory);
        }

        CipherKey oldKey = CipherfieldConfiguration.from(SettingSource.environment())
                .keyring()
                .primary();
        CipherKey newKey = CipherKey.generate();
        try (EntityManagerFactory factory = factory(Keyring.of(newKey, oldKey))) {
            System.out.println(Reencryption.of(factory).run().toText());
        }
        try (EntityManagerFactory factory = factory(Keyring.of(newKey))) {
            print(factory);
        }
    }

    /** With keys that the application fetched itself, instead of those in the environment. */
    private static EntityManagerFactory factory(Keyring keyring) {
        return Persistence.createEntityManagerFactory(
                "clinic", Map.of(CipherfieldService.CONFIGURATION, CipherfieldConfiguration.of(keyring)));
    }

    private static void print(EntityManagerFactory factory) {
        factory.runInTransaction(entityManager -> {
            Patient patient = entityManager
                    .createQuery("select p from Patient p", Patient.class)
                    .getSingleResult();
            Object storedSsn = entityManager
                    .createNativeQuery("select ssn from patient", String.class)
                    .getSingleResult();
            System.out.println("entity  " + patient.toText());
            System.out.println("stored  " + storedSsn);
        });
    }
}
