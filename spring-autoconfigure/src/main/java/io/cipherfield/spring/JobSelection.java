package io.cipherfield.spring;

import io.cipherfield.ConfigurationException;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.core.env.Environment;

/**
 * What a job keeps to: entities and attributes by name, with commas between them, as {@code Patient,Order.address.street}; everything if there
 * are none.
 */
record JobSelection(List<String> names) {

    static final String PROPERTY = "cipherfield.job.only";

    static JobSelection of(Environment environment) {
        return new JobSelection(
                Arrays.stream(environment.getProperty(PROPERTY, "").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /** @throws ConfigurationException if a name is in none of the factories, with those that there are */
    void requireKnown(Collection<EntityManagerFactory> factories) {
        requireKnown(factories, PROPERTY);
    }

    void requireKnown(Collection<EntityManagerFactory> factories, String property) {
        for (String name : names) {
            if (factories.stream().noneMatch(factory -> find(factory, name).isPresent())) {
                TreeSet<String> known = new TreeSet<>();
                factories.forEach(
                        factory -> factory.getMetamodel().getEntities().forEach(entity -> known.add(entity.getName())));
                throw new ConfigurationException(
                        property + " names " + name + ", and there is no such entity.",
                        "Name one of " + String.join(", ", known) + ", or one of their attributes, as in Patient.ssn.");
            }
        }
    }

    /** @return whether there is anything to do in this factory */
    boolean apply(Reencryption job, EntityManagerFactory factory) {
        boolean any = names.isEmpty();
        for (String name : names) {
            Optional<Class<?>> entity = find(factory, name);
            if (entity.isPresent()) {
                int dot = name.indexOf('.');
                if (dot < 0) {
                    job.only(entity.get());
                } else {
                    job.only(entity.get(), name.substring(dot + 1));
                }
                any = true;
            }
        }
        return any;
    }

    static Optional<Class<?>> find(EntityManagerFactory factory, String name) {
        String entity = name.split("\\.", 2)[0];
        return factory.getMetamodel().getEntities().stream()
                .filter(type -> type.getName().equals(entity))
                .<Class<?>>map(EntityType::getJavaType)
                .findFirst();
    }
}
