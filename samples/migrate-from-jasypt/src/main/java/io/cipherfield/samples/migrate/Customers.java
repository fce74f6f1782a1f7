package io.cipherfield.samples.migrate;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.stereotype.Component;

/** The customers as the application reads them. */
@Component
class Customers {

    private final EntityManager entityManager;

    Customers(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    List<CustomerData> all() {
        return entityManager.createQuery("from Customer order by id", StoredCustomer.class).getResultList().stream()
                .map(StoredCustomer::data)
                .toList();
    }
}
