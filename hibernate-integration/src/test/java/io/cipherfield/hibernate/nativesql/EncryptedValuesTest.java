package io.cipherfield.hibernate.nativesql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.ParameterMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.procedure.ProcedureCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncryptedValuesTest {

    private static final CipherKey OLD = CipherKey.parse("a1".repeat(31) + "00");
    private static final CipherKey NEW = CipherKey.parse("b2".repeat(31) + "00");

    @MappedSuperclass
    abstract static class Person {
        @Encrypted
        String ssn;
    }

    @Embeddable
    static class Address {
        @Encrypted
        String street;
    }

    @Entity(name = "Patient")
    static class Patient extends Person {
        @Id
        Long id;

        @Encrypted(deterministic = true)
        String tax;

        @Encrypted(deterministic = true)
        LocalDate born;

        Address address;

        @ElementCollection
        @CollectionTable(name = "patient_tag")
        @Column(name = "tag")
        @Encrypted(deterministic = true)
        List<String> tags = new ArrayList<>();
    }

    private static SessionFactory start(TestDatabase.Fresh database, String ddl, Keyring keys) {
        Configuration configuration = new Configuration();
        configuration.getProperties().putAll(database.settings());
        configuration.setProperty("hibernate.hbm2ddl.auto", ddl);
        configuration
                .getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(keys).withStartupCheck(StartupCheckMode.OFF));
        return configuration.addAnnotatedClass(Patient.class).buildSessionFactory();
    }

    @ParameterizedTest
    @EnumSource
    void native_statements_write_find_and_read_with_it(TestDatabase database) throws SQLException {
        TestDatabase.Fresh fresh = database.fresh();
        try (SessionFactory before = start(fresh, "create", Keyring.of(OLD))) {
            insert(before, 1);
        }
        try (SessionFactory sessions = start(fresh, "none", Keyring.of(NEW, OLD))) {
            insert(sessions, 2);
            EncryptedValues ssn = EncryptedValues.of(sessions, Patient.class, "ssn");
            EncryptedValues tax = EncryptedValues.of(sessions, Patient.class, "tax");
            EncryptedValues born = EncryptedValues.of(sessions, Patient.class, "born");
            EncryptedValues tags = EncryptedValues.of(sessions, Patient.class, "tags");
            EncryptedValues street = EncryptedValues.of(sessions, Patient.class, "address.street");
            sessions.inTransaction(session -> {
                Patient patient = session.find(Patient.class, 2L);
                assertThat(patient.ssn).isEqualTo("ssn 2");
                assertThat(patient.tax).isEqualTo("same");
                assertThat(patient.born).isEqualTo(LocalDate.of(2000, 1, 1));
                session.createNativeMutationQuery("update Patient set street = :street where id = 2")
                        .setParameter("street", street.parameter("street 2"))
                        .executeUpdate();
                session.refresh(patient);
                assertThat(patient.address.street).isEqualTo("street 2");

                assertThat(session.createNativeQuery("select id from Patient where tax in (:list)", Long.class)
                                .setParameterList("list", tax.parameters("same"))
                                .getResultList())
                        .containsExactlyInAnyOrder(1L, 2L);
                assertThat(session.createNativeQuery("select id from Patient where born in (:list)", Long.class)
                                .setParameterList("list", born.parameters(LocalDate.of(2000, 1, 1)))
                                .getResultList())
                        .containsExactlyInAnyOrder(1L, 2L);
                session.createNativeMutationQuery("insert into patient_tag (Patient_id, tag) values (2, :tag)")
                        .setParameter("tag", tags.parameter("tag 2"))
                        .executeUpdate();
            });
            List<String> stored =
                    sessions.fromTransaction(session -> List.copyOf(session.find(Patient.class, 2L).tags));
            assertThat(stored).containsExactly("tag 2");
            try (Connection connection = fresh.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select ssn, tax from Patient where id = 2")) {
                row.next();
                assertThat(row.getString(1)).startsWith("zw").doesNotContain("ssn 2");
                assertThat(row.getString(2)).startsWith("zw").hasSizeGreaterThan("same".length());
                assertThat(ssn.value(row.getString(1))).isEqualTo("ssn 2");
                assertThat(tax.value(row.getString(2))).isEqualTo("same");
                assertThat(tax.value(null)).isNull();
                assertThat(tax.parameter(null)).isNull();
            }
        }
    }

    private static void insert(SessionFactory sessions, long id) {
        EncryptedValues ssn = EncryptedValues.of(sessions, Patient.class, "ssn");
        EncryptedValues tax = EncryptedValues.of(sessions, Patient.class, "tax");
        EncryptedValues born = EncryptedValues.of(sessions, Patient.class, "born");
        sessions.inTransaction(session -> session.createNativeMutationQuery(
                        "insert into Patient (id, ssn, tax, born) values (:id, :ssn, :tax, :born)")
                .setParameter("id", id)
                .setParameter("ssn", ssn.parameter("ssn " + id))
                .setParameter("tax", tax.parameter("same"))
                .setParameter("born", born.parameter(LocalDate.of(2000, 1, 1)))
                .executeUpdate());
    }

    /** What H2 calls: it stores what it is given. */
    public static final class Functions {

        private Functions() {}

        public static int storeSsn(Connection connection, long id, String ssn) throws SQLException {
            try (var statement = connection.prepareStatement("insert into Patient (id, ssn) values (?, ?)")) {
                statement.setLong(1, id);
                statement.setString(2, ssn);
                return statement.executeUpdate();
            }
        }
    }

    @Test
    void a_stored_procedure_takes_an_encrypted_parameter() throws SQLException {
        TestDatabase.Fresh fresh = TestDatabase.H2.fresh();
        try (SessionFactory sessions = start(fresh, "create", Keyring.of(OLD))) {
            try (Connection connection = fresh.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create alias store_ssn for '" + Functions.class.getName() + ".storeSsn'");
            }
            EncryptedValues ssn = EncryptedValues.of(sessions, Patient.class, "ssn");
            sessions.inTransaction(session -> {
                ProcedureCall call = session.createStoredProcedureCall("store_ssn");
                call.registerStoredProcedureParameter(1, Long.class, ParameterMode.IN);
                call.registerStoredProcedureParameter(2, String.class, ParameterMode.IN);
                call.setParameter(1, 7L);
                call.setParameter(2, ssn.parameter("ssn 7"));
                call.execute();
            });
            try (Connection connection = fresh.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select ssn from Patient where id = 7")) {
                row.next();
                assertThat(row.getString(1)).startsWith("z");
            }
            String stored = sessions.fromTransaction(session -> session.find(Patient.class, 7L).ssn);
            assertThat(stored).isEqualTo("ssn 7");
        }
    }

    @Test
    void procedures_and_functions_of_postgresql_take_encrypted_parameters_and_give_results() throws SQLException {
        TestDatabase.Fresh fresh = TestDatabase.POSTGRESQL.fresh();
        try (SessionFactory sessions = start(fresh, "create", Keyring.of(OLD))) {
            try (Connection connection = fresh.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "create procedure store_patient(p_id bigint, p_ssn varchar, p_born bytea) language sql"
                                + " as 'insert into patient (id, ssn, born) values (p_id, p_ssn, p_born)'");
                statement.execute("create function ssn_of(p_born bytea) returns varchar language sql"
                        + " as 'select ssn from patient where born = p_born'");
            }
            EncryptedValues ssn = EncryptedValues.of(sessions, Patient.class, "ssn");
            EncryptedValues born = EncryptedValues.of(sessions, Patient.class, "born");
            LocalDate day = LocalDate.of(2000, 1, 1);
            sessions.inTransaction(session -> {
                ProcedureCall call = session.createStoredProcedureCall("store_patient");
                call.registerStoredProcedureParameter("p_id", Long.class, ParameterMode.IN);
                call.registerStoredProcedureParameter("p_ssn", String.class, ParameterMode.IN);
                call.registerStoredProcedureParameter("p_born", byte[].class, ParameterMode.IN);
                call.setParameter("p_id", 7L);
                call.setParameter("p_ssn", ssn.parameter("ssn 7"));
                call.setParameter("p_born", born.parameter(day));
                call.execute();
            });
            sessions.inTransaction(session -> {
                Patient stored = session.find(Patient.class, 7L);
                assertThat(stored.ssn).isEqualTo("ssn 7");
                assertThat(stored.born).isEqualTo(day);

                Object selected = session.createNativeQuery("select ssn_of(:born)", String.class)
                        .setParameter("born", born.parameter(day))
                        .getSingleResult();
                assertThat(ssn.value(selected)).isEqualTo("ssn 7");

                ProcedureCall function = session.createStoredProcedureCall("ssn_of");
                function.markAsFunctionCall(String.class);
                function.registerStoredProcedureParameter(1, byte[].class, ParameterMode.IN);
                function.setParameter(1, born.parameter(day));
                assertThat(ssn.value(function.getSingleResult())).isEqualTo("ssn 7");
            });
            try (Connection connection = fresh.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select ssn from patient where id = 7")) {
                row.next();
                assertThat(row.getString(1)).startsWith("z");
            }
        }
    }

    @Test
    void what_cannot_be_asked_is_said() {
        try (SessionFactory sessions = start(TestDatabase.H2.fresh(), "create", Keyring.of(OLD))) {
            assertThatThrownBy(() -> EncryptedValues.of(sessions, Patient.class, "nothing"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no encrypted attribute nothing")
                    .hasMessageContaining("address.street");
            assertThatThrownBy(() ->
                            EncryptedValues.of(sessions, Patient.class, "ssn").parameters("123-45-6789"))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Patient.ssn is randomised")
                    .hasMessageNotContaining("6789");
            assertThatThrownBy(() ->
                            EncryptedValues.of(sessions, Patient.class, "born").parameter("123-45-6789"))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageNotContaining("6789");
        }
    }
}
