package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.spring.clinic.Patient;
import io.cipherfield.spring.testing.Clinic;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/** Repository methods over a randomised attribute: refused when Spring Data makes the query. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringDataQueriesTest {

    private static final String SSN = "078-05-1120";

    private Clinic clinic;

    @BeforeAll
    void start(@TempDir java.nio.file.Path directory) {
        clinic = Clinic.start(
                "jdbc:h2:" + directory.resolve("clinic"),
                Map.of(
                        "cipherfield.key",
                        CipherKey.parse("cvi0A8Db0Poq7inpZL0hfKVsvMe7YvnANADtFY6fFyM=")
                                .toBase64()));
        clinic.store("Ada", SSN, "1815-12-10");
    }

    @AfterAll
    void stop() {
        clinic.close();
    }

    @NoRepositoryBean
    interface BySsn extends Repository<Patient, Long> {
        List<Patient> findBySsn(String ssn);
    }

    @NoRepositoryBean
    interface BySsnLike extends Repository<Patient, Long> {
        List<Patient> findBySsnLike(String ssn);
    }

    @NoRepositoryBean
    interface BySsnIgnoreCase extends Repository<Patient, Long> {
        List<Patient> findBySsnIgnoreCaseStartingWith(String ssn);
    }

    @NoRepositoryBean
    interface ByNameSorted extends Repository<Patient, Long> {
        List<Patient> findByNameOrderBySsn(String name);
    }

    @NoRepositoryBean
    interface Exists extends Repository<Patient, Long> {
        boolean existsBySsn(String ssn);
    }

    @NoRepositoryBean
    interface Count extends Repository<Patient, Long> {
        long countByBornAfter(LocalDate day);
    }

    @NoRepositoryBean
    interface Delete extends Repository<Patient, Long> {
        long deleteBySsn(String ssn);
    }

    @NoRepositoryBean
    interface In extends Repository<Patient, Long> {
        List<Patient> findBySsnIn(List<String> ssns);
    }

    @NoRepositoryBean
    interface Declared extends Repository<Patient, Long> {
        @Query("select p from Patient p where p.ssn = :ssn")
        List<Patient> declared(String ssn);
    }

    @NoRepositoryBean
    interface Allowed extends JpaRepository<Patient, Long>, JpaSpecificationExecutor<Patient> {
        List<Patient> findByNameAndSsnIsNotNull(String name);

        @Query("select p.ssn from Patient p where p.name = :name")
        List<String> ssnsOf(String name);
    }

    static <R> Arguments call(Class<R> repository, Consumer<R> call) {
        return Arguments.of(repository, call);
    }

    static Stream<Arguments> derived_queries_are_refused_at_the_call() {
        return Stream.of(
                call(BySsn.class, repository -> repository.findBySsn(SSN)),
                call(BySsnLike.class, repository -> repository.findBySsnLike(SSN)),
                call(BySsnIgnoreCase.class, repository -> repository.findBySsnIgnoreCaseStartingWith(SSN)),
                call(ByNameSorted.class, repository -> repository.findByNameOrderBySsn("Ada")),
                call(Exists.class, repository -> repository.existsBySsn(SSN)),
                call(Count.class, repository -> repository.countByBornAfter(LocalDate.EPOCH)),
                call(Delete.class, repository -> repository.deleteBySsn(SSN)),
                call(In.class, repository -> repository.findBySsnIn(List.of(SSN))));
    }

    /** Spring Data makes no query of them before, on 3.5 only a CriteriaQuery. */
    @ParameterizedTest
    @MethodSource
    <R> void derived_queries_are_refused_at_the_call(Class<R> repository, Consumer<R> call) {
        R made = repository(repository);

        assertThatThrownBy(() -> call.accept(made))
                .hasStackTraceContaining("The query was refused")
                .hasStackTraceContaining("Patient.")
                .satisfies(thrown ->
                        assertThat(String.valueOf(thrown.getMessage())).doesNotContain(SSN));
    }

    @Test
    void declared_queries_are_refused_when_the_repository_is_made() {
        assertThatThrownBy(() -> repository(Declared.class))
                .hasStackTraceContaining("The query was refused")
                .hasStackTraceContaining("Patient.ssn");
    }

    @Test
    void query_by_example_specification_and_sort_are_refused_at_the_call() {
        Allowed patients = repository(Allowed.class);

        assertThatThrownBy(() -> patients.findAll(Example.of(new Patient(null, SSN, null))))
                .hasStackTraceContaining("The query was refused")
                .hasStackTraceContaining("Patient.ssn");
        Specification<Patient> bySsn = (patient, query, builder) -> builder.equal(patient.get("ssn"), SSN);
        assertThatThrownBy(() -> patients.findAll(bySsn))
                .hasStackTraceContaining("The query was refused")
                .hasStackTraceContaining("Patient.ssn");
        assertThatThrownBy(() -> patients.findAll(Sort.by("ssn")))
                .hasStackTraceContaining("The query was refused")
                .hasStackTraceContaining("Patient.ssn");
    }

    @Test
    void what_does_not_work_on_the_ciphertext_works() {
        Allowed patients = repository(Allowed.class);

        assertThat(patients.findByNameAndSsnIsNotNull("Ada")).hasSize(1);
        assertThat(patients.ssnsOf("Ada")).containsExactly(SSN);
        assertThatCode(() -> patients.findAll(Example.of(new Patient("Ada", null, null))))
                .doesNotThrowAnyException();
    }

    private <R> R repository(Class<R> type) {
        return new JpaRepositoryFactory(clinic.context().getBean(EntityManager.class)).getRepository(type);
    }
}
