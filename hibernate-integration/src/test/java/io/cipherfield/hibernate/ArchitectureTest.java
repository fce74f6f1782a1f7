package io.cipherfield.hibernate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Date;

@AnalyzeClasses(packages = "io.cipherfield.hibernate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** A pattern such as {@code io.cipherfield.(**)} would leave the root package out. */
    private static final SliceAssignment EACH_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule cryptography_and_spring_are_elsewhere = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.crypto..", "io.cipherfield.internal..", "org.springframework..");

    /** It is internal to Hibernate, and whatever changes in it is to be met in one place. */
    @ArchTest
    static final ArchRule one_class_extends_hibernates_translator = classes()
            .that(describe(
                    "extend Hibernate's translator",
                    javaClass -> javaClass
                            .getRawSuperclass()
                            .map(superclass -> superclass.getSimpleName().equals("StandardSqmTranslator"))
                            .orElse(false)))
            .should()
            .haveSimpleName("GuardedTranslator");

    /** Leases end by the database's clock, which all processes share. */
    @ArchTest
    static final ArchRule the_journal_asks_no_clock_of_the_jvm = noClasses()
            .that()
            .resideInAPackage("io.cipherfield.hibernate.internal.journal")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Date.class);
}
