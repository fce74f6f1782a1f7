package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Embeddables that extend each other, with a discriminator. */
class EmbeddableHierarchyTest {

    @Embeddable
    @DiscriminatorColumn(name = "kind")
    @DiscriminatorValue("contact")
    static class Contact {
        @Encrypted(deterministic = true)
        String name;
    }

    @Embeddable
    @DiscriminatorValue("mail")
    static class Mail extends Contact {
        @Encrypted(context = "Mail.address")
        String address;
    }

    @Embeddable
    @DiscriminatorValue("phone")
    static class Phone extends Contact {
        @Encrypted(deterministic = true, context = "Phone.number")
        String number;
    }

    @Entity(name = "Customer")
    static class Customer {
        @Id
        Long id;

        @Embedded
        Contact contact;

        @ElementCollection
        List<Contact> others = new ArrayList<>();
    }

    private static Customer customer(long id, Contact contact) {
        Customer customer = new Customer();
        customer.id = id;
        contact.name = "name " + id;
        customer.contact = contact;
        Phone other = new Phone();
        other.name = "other";
        other.number = "999";
        customer.others.add(other);
        return customer;
    }

    @Embeddable
    @DiscriminatorValue("fax")
    static class Fax extends Contact {
        @Encrypted
        String station;
    }

    /** Hibernate tells the attribute's type the class at the top only, and nobody knows there which classes extend it. */
    @Test
    void an_attribute_of_an_extending_embeddable_has_to_name_its_context() {
        assertThat(TestFactory.refusal(Customer.class, Contact.class, Fax.class))
                .hasMessageContaining("Contact.station cannot be encrypted")
                .hasMessageContaining("@Encrypted(context = ");
    }

    @ParameterizedTest
    @EnumSource
    void attributes_of_each_of_them_are_encrypted_and_found(TestDatabase kind) {
        Mail mail = new Mail();
        mail.address = "ada@example.org";
        Phone phone = new Phone();
        phone.number = "123";
        try (TestFactory factory =
                TestFactory.on(kind.fresh(), Map.of(), Customer.class, Contact.class, Mail.class, Phone.class)) {
            factory.persist(customer(1, mail), customer(2, phone), customer(3, new Contact()));

            List<Object> stored = factory.raw("select address from Customer where id = 1");
            factory.sessions().inTransaction(session -> {
                assertThat(session.find(Customer.class, 1L).contact).isInstanceOfSatisfying(Mail.class, it -> {
                    assertThat(it.name).isEqualTo("name 1");
                    assertThat(it.address).isEqualTo("ada@example.org");
                });
                assertThat(session.find(Customer.class, 2L).contact)
                        .isInstanceOfSatisfying(
                                Phone.class, it -> assertThat(it.number).isEqualTo("123"));
                assertThat(session.find(Customer.class, 3L).contact.getClass()).isEqualTo(Contact.class);
                assertThat(session.find(Customer.class, 3L).others.get(0))
                        .isInstanceOfSatisfying(
                                Phone.class, it -> assertThat(it.number).isEqualTo("999"));
                assertThat(session.createQuery("select c.id from Customer c where c.contact.name = :name", Long.class)
                                .setParameter("name", "name 2")
                                .list())
                        .containsExactly(2L);
                assertThat(session.createQuery(
                                        "select c.id from Customer c where treat(c.contact as " + Phone.class.getName()
                                                + ").number = :number",
                                        Long.class)
                                .setParameter("number", "123")
                                .list())
                        .containsExactly(2L);
                assertThatThrownBy(() -> session.createQuery(
                                        "select c.id from Customer c where treat(c.contact as " + Mail.class.getName()
                                                + ").address = :address",
                                        Long.class)
                                .setParameter("address", "ada@example.org")
                                .list())
                        .isInstanceOf(EncryptedAttributeException.class)
                        .hasMessageContaining(".address is encrypted");
            });
            assertThat(factory.raw("select address from Customer where id = 1"))
                    .as("nothing was changed")
                    .isEqualTo(stored);
            factory.sessions()
                    .inTransaction(session -> session.createMutationQuery(
                                    "update Customer c set c.contact.name = :name where c.id = 1")
                            .setParameter("name", "changed")
                            .executeUpdate());

            for (String column : List.of("name", "address", "number")) {
                for (String table : List.of("Customer", "Customer_others")) {
                    assertThat(factory.raw("select " + column + " from " + table + " where " + column + " is not null"))
                            .allMatch(value -> value.toString().startsWith("z"));
                }
            }
            assertThat(factory.raw("select name from Customer")).hasSize(3);
            assertThat(factory.find(Customer.class, 1L).contact.name).isEqualTo("changed");
            factory.sessions().inTransaction(session -> {
                Phone moved = new Phone();
                moved.name = "moved";
                moved.number = "7";
                session.find(Customer.class, 1L).contact = moved;
            });
            assertThat(factory.find(Customer.class, 1L).contact)
                    .isInstanceOfSatisfying(
                            Phone.class, it -> assertThat(it.number).isEqualTo("7"));
            assertThat(factory.raw("select address from Customer where id = 1")).containsOnlyNulls();
        }
    }
}
