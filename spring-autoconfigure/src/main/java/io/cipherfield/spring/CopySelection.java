package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.reencrypt.Report;
import jakarta.persistence.EntityManagerFactory;
import java.util.Collection;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * What the job {@code copy} copies: two attributes of one entity, as {@code Patient.born} and {@code Patient.bornEncrypted}.
 */
record CopySelection(String entity, String from, String to) {

    static final String FROM = "cipherfield.job.copy-from";
    static final String TO = "cipherfield.job.copy-to";

    /** @throws ConfigurationException if the two do not name attributes of one entity */
    static CopySelection of(Environment environment) {
        String[] from = attribute(environment, FROM, "Patient.born");
        String[] to = attribute(environment, TO, "Patient.bornEncrypted");
        if (!from[0].equals(to[0])) {
            throw new ConfigurationException(
                    FROM + " names an attribute of " + from[0] + ", and " + TO + " one of " + to[0] + ".",
                    "Name two attributes of one entity: a copy works within a row.");
        }
        return new CopySelection(from[0], from[1], to[1]);
    }

    private static String[] attribute(Environment environment, String property, String example) {
        String name = environment.getProperty(property, "").strip();
        String[] parts = name.split("\\.", 2);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new ConfigurationException(
                    name.isEmpty() ? property + " is not set." : property + " is set to \"" + name + "\".",
                    "Set it to an entity's name and the path of an attribute, as in " + property + "=" + example + ".");
        }
        return parts;
    }

    /** @throws ConfigurationException if the entity is in none of the factories, with those that there are */
    void requireKnown(Collection<EntityManagerFactory> factories) {
        new JobSelection(List.of(entity)).requireKnown(factories, FROM);
    }

    boolean isIn(EntityManagerFactory factory) {
        return JobSelection.find(factory, entity).isPresent();
    }

    Report run(Reencryption job, EntityManagerFactory factory, boolean dry) {
        Class<?> type = JobSelection.find(factory, entity).orElseThrow();
        return dry ? job.copyDryRun(type, from, to) : job.copy(type, from, to);
    }
}
