package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.value.ValueCodec;
import io.cipherfield.value.ValueCodecs;
import jakarta.persistence.*;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextTest {

    @MappedSuperclass
    abstract static class Person {
        @Encrypted
        String name;
    }

    @MappedSuperclass
    abstract static class Holder<T extends Serializable, U> extends Person {
        @Encrypted
        T held;
    }

    @Embeddable
    static class Street {
        @Encrypted
        @Column(name = "street_name")
        String name;
    }

    @Embeddable
    static class Address {
        @Embedded
        Street street = new Street();

        @Encrypted(context = "Old.town")
        String town;
    }

    @Entity(name = "Customer")
    static class Customer extends Holder<String, Long> {
        @Id
        Long id = 1L;

        @Encrypted
        String own;

        @Embedded
        Address home = new Address();

        @Embedded
        @AttributeOverride(name = "town", column = @Column(name = "work_town", length = 20))
        @AttributeOverride(name = "street.name", column = @Column(name = "work_street"))
        Address work = new Address();

        @ElementCollection
        @Encrypted
        List<String> notes = new ArrayList<>();

        @ElementCollection
        @Encrypted
        Map<Integer, String> byNumber = new java.util.HashMap<>();
    }

    @Entity(name = "Employee")
    static class Employee extends Person {
        @Id
        Long id = 1L;
    }

    @Entity(name = "Getters")
    static class Getters {
        private Long id = 1L;
        private String gs;
        private boolean on;

        @Id
        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        @Encrypted
        public String getGs() {
            return gs;
        }

        public void setGs(String gs) {
            this.gs = gs;
        }

        @Encrypted
        @Column(name = "is_on")
        public boolean isOn() {
            return on;
        }

        public void setOn(boolean on) {
            this.on = on;
        }
    }

    private static String decrypt(String context, Object stored) {
        byte[] bytes = stored instanceof String text ? CiphertextText.decode(text) : (byte[]) stored;
        byte[] plaintext = FieldEncryptor.of(Keyring.of(TestFactory.key()), io.cipherfield.Suite.AES_SIV, context)
                .decrypt(bytes);
        ValueCodec<?> codec = ValueCodecs.find(stored instanceof String ? String.class : Boolean.class);
        return String.valueOf(codec.decode(plaintext));
    }

    @Test
    void the_declaring_class_names_the_context() {
        try (TestFactory factory = TestFactory.h2(Customer.class, Employee.class)) {
            Customer customer = new Customer();
            customer.name = "n";
            customer.held = "h";
            customer.own = "o";
            customer.home.street.name = "s";
            customer.home.town = "t";
            customer.work.street.name = "ws";
            customer.work.town = "wt";
            customer.notes.add("note");
            customer.byNumber.put(1, "one");
            Employee employee = new Employee();
            employee.name = "e";
            factory.persist(customer, employee);

            assertThat(decrypt(
                            "Person.name",
                            factory.raw("select name from Customer").get(0)))
                    .isEqualTo("n");
            assertThat(decrypt(
                            "Person.name",
                            factory.raw("select name from Employee").get(0)))
                    .isEqualTo("e");
            assertThat(decrypt(
                            "Holder.held",
                            factory.raw("select held from Customer").get(0)))
                    .isEqualTo("h");
            assertThat(decrypt(
                            "Customer.own",
                            factory.raw("select own from Customer").get(0)))
                    .isEqualTo("o");
            assertThat(decrypt(
                            "Street.name",
                            factory.raw("select work_street from Customer").get(0)))
                    .isEqualTo("ws");
            assertThat(decrypt(
                            "Old.town", factory.raw("select town from Customer").get(0)))
                    .isEqualTo("t");
            assertThat(decrypt(
                            "Old.town",
                            factory.raw("select work_town from Customer").get(0)))
                    .isEqualTo("wt");
            assertThat(decrypt(
                            "Customer.notes",
                            factory.raw("select notes from Customer_notes").get(0)))
                    .isEqualTo("note");
            assertThat(decrypt(
                            "Customer.byNumber",
                            factory.raw("select byNumber from Customer_byNumber")
                                    .get(0)))
                    .isEqualTo("one");
            Customer found = factory.sessions().fromTransaction(session -> {
                Customer loaded = session.find(Customer.class, 1L);
                assertThat(loaded.notes).containsExactly("note");
                assertThat(loaded.byNumber).containsEntry(1, "one");
                return loaded;
            });
            assertThat(found)
                    .extracting("name", "held", "own", "home.street.name", "home.town", "work.street.name", "work.town")
                    .containsExactly("n", "h", "o", "s", "t", "ws", "wt");
        }
    }

    static class Clinic {
        @Entity(name = "ClinicPatient")
        static class Patient {
            @Id
            Long id = 1L;

            @Encrypted
            String ssn;
        }
    }

    static class Zoo {
        @Entity(name = "ZooPatient")
        static class Patient {
            @Id
            Long id = 1L;

            @Encrypted
            String ssn;
        }
    }

    static class School {
        @Entity(name = "SchoolPatient")
        static class Patient {
            @Id
            Long id = 1L;

            @Encrypted(context = "Pupil.ssn")
            String ssn;
        }
    }

    @Test
    void two_classes_of_one_simple_name_are_refused_until_one_says_its_context() {
        assertThat(TestFactory.refusal(Clinic.Patient.class, Zoo.Patient.class))
                .hasMessageContaining("Clinic$Patient")
                .hasMessageContaining("Zoo$Patient")
                .hasMessageContaining("context");
        assertThat(TestFactory.refusal(Clinic.Patient.class, School.Patient.class))
                .isNull();
    }

    @Entity(name = "Moved")
    static class Moved {
        @Id
        Long id = 1L;

        @Encrypted(formerContexts = "Patient.ssn")
        String ssn;
    }

    @Entity(name = "Twice")
    static class Twice {
        @Id
        Long id = 1L;

        @Encrypted(formerContexts = {"Old.ssn", "Twice.ssn"})
        String ssn;
    }

    @Entity(name = "Blank")
    static class Blank {
        @Id
        Long id = 1L;

        @Encrypted(formerContexts = "")
        String ssn;
    }

    @Test
    void a_former_context_that_another_attribute_still_has_is_refused_until_that_one_says_its_context() {
        assertThat(TestFactory.refusal(Clinic.Patient.class, Moved.class))
                .hasMessageContaining("Clinic$Patient.ssn")
                .hasMessageContaining("Moved.ssn names in its formerContexts");
        assertThat(TestFactory.refusal(School.Patient.class, Moved.class)).isNull();
    }

    @Test
    void former_contexts_that_say_nothing_are_refused() {
        assertThat(TestFactory.refusal(Twice.class)).hasMessageContaining("Twice.ssn, which is its present context");
        assertThat(TestFactory.refusal(Blank.class)).hasMessageContaining("blank");
    }

    @Test
    void a_getter_names_the_context_by_its_attribute() {
        try (TestFactory factory = TestFactory.h2(Getters.class)) {
            Getters entity = new Getters();
            entity.setGs("g");
            entity.setOn(true);
            factory.persist(entity);

            assertThat(decrypt(
                            "Getters.gs", factory.raw("select gs from Getters").get(0)))
                    .isEqualTo("g");
            assertThat(decrypt(
                            "Getters.on",
                            factory.raw("select is_on from Getters").get(0)))
                    .isEqualTo("true");
            assertThat(factory.find(Getters.class, 1L).isOn()).isTrue();
        }
    }

    @Test
    void a_ciphertext_moved_to_another_attribute_is_refused_with_a_way_out() {
        try (TestFactory factory = TestFactory.h2(Customer.class)) {
            Customer customer = new Customer();
            customer.name = "Ada";
            factory.persist(customer);
            factory.execute("update Customer set own = name");

            assertThatThrownBy(() -> factory.find(Customer.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Customer.own")
                    .hasMessageContaining(TestFactory.key().id().toString())
                    .hasMessageContaining("It was written for Person.name (")
                    .hasMessageContaining("pin its old name as the context")
                    .hasMessageNotContaining("Ada");
        }
    }
}
