package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.hibernate.boot.spi.AdditionalMappingContributor;
import org.hibernate.boot.spi.MetadataBuilderInitializer;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.SessionFactoryServiceContributor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class that Hibernate does not find guards nothing, and nobody would notice. */
class ServiceFilesTest {

    private static final String MAIN =
            Encrypted.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    private static List<JavaClass> classes;

    @BeforeAll
    static void read_the_classes_of_the_module() {
        classes = new ClassFileImporter()
                .importPackagesOf(Encrypted.class).stream()
                        .filter(each -> each.getSource()
                                .orElseThrow()
                                .getUri()
                                .toString()
                                .contains(MAIN))
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AdditionalMappingContributor.class,
                FunctionContributor.class,
                Integrator.class,
                MetadataBuilderInitializer.class,
                ServiceContributor.class,
                SessionFactoryServiceContributor.class,
                StrategyRegistrationProvider.class,
                TypeContributor.class
            })
    void every_class_that_hibernate_has_to_find_is_listed(Class<?> service) {
        assertThat(listed(service)).containsExactlyInAnyOrderElementsOf(written(service));
    }

    @Test
    void the_classes_of_the_module_are_seen() {
        assertThat(written(TypeContributor.class)).contains(CipherfieldTypeContributor.class.getName());
        assertThat(written(ServiceContributor.class)).hasSizeGreaterThan(1);
        assertThat(written(Integrator.class)).isNotEmpty();
    }

    private static Set<String> written(Class<?> service) {
        return classes.stream()
                .filter(each -> each.isAssignableTo(service)
                        && !each.isInterface()
                        && !each.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    /** Loads them too, so that a line with a misspelt name fails. */
    private static <S> List<String> listed(Class<S> service) {
        Stream<Class<? extends S>> types = ServiceLoader.load(service).stream().map(ServiceLoader.Provider::type);
        return types.map(Class::getName)
                .filter(name -> name.startsWith("io.cipherfield."))
                .toList();
    }
}
