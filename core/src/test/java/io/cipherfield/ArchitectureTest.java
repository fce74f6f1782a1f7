package io.cipherfield;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

@AnalyzeClasses(packages = "io.cipherfield", importOptions = DoNotIncludeTests.class)
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
    static final ArchRule only_the_ciphers_touch_javax_crypto = noClasses()
            .that()
            .resideOutsideOfPackage("io.cipherfield.internal.cipher")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..");

    @ArchTest
    static final ArchRule core_knows_no_framework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "org.springframework..", "jakarta..");

    @ArchTest
    static final ArchRule only_one_package_touches_jasypt_which_may_be_missing = noClasses()
            .that()
            .resideOutsideOfPackage("io.cipherfield.internal.jasypt")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jasypt..");
}
