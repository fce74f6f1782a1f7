package io.cipherfield;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.cipherfield", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.cipherfield.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_the_ciphers_touch_javax_crypto = noClasses()
            .that()
            .resideOutsideOfPackage("io.cipherfield.internal.cipher")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule core_knows_no_framework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "org.springframework..", "jakarta..")
            .allowEmptyShould(true);
}
