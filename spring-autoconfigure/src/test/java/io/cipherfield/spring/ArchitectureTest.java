package io.cipherfield.spring;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = CipherfieldAutoConfiguration.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_the_auto_configuration_is_public =
            classes().that().haveModifier(PUBLIC).should().be(CipherfieldAutoConfiguration.class);

    /** They moved in Spring Boot 4, and this jar runs on both. */
    @ArchTest
    static final ArchRule classes_that_moved_are_not_used = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot.autoconfigure.orm..",
                    "org.springframework.boot.autoconfigure.jdbc..",
                    "org.springframework.boot.env..",
                    "org.springframework.boot.web..",
                    "org.springframework.boot.actuate.health..",
                    "org.springframework.boot.actuate.autoconfigure..");
}
