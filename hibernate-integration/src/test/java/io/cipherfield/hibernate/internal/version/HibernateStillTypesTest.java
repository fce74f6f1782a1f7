package io.cipherfield.hibernate.internal.version;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.hibernate.Version;
import org.hibernate.annotations.Type;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.envers.Audited;
import org.hibernate.internal.util.EntityPrinter;
import org.hibernate.usertype.UserType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What EncryptedUserType relies on, shown by a type of its shape. Each fact says which class has to follow if it changes. */
class HibernateStillTypesTest {

    @MappedSuperclass
    static class Base {
        @Type(ProbeType.class)
        String inherited = "inherited";
    }

    @Embeddable
    static class Part {
        @Type(ProbeType.class)
        String partText = "part text";
    }

    @Entity(name = "Thing")
    @Audited
    static class Thing extends Base {
        @Id
        Long id = 1L;

        @Type(ProbeType.class)
        @Column(name = "text_column")
        String text = "text";

        @Embedded
        Part part = new Part();

        @ElementCollection
        @Type(ProbeType.class)
        Set<String> elements = Set.of("element");

        String plain = "plain";
    }

    private static final ListAppender<ILoggingEvent> BIND_LOG = new ListAppender<>();
    private static ProbeFactory factory;

    @BeforeAll
    static void start() {
        ProbeType.CONFIGURED.clear();
        Logger bind = (Logger) LoggerFactory.getLogger("org.hibernate.orm.jdbc.bind");
        factory = new ProbeFactory(Thing.class);
        BIND_LOG.start();
        bind.addAppender(BIND_LOG);
        bind.setLevel(Level.TRACE);
        factory.persist(new Thing());
        bind.setLevel(null);
        bind.detachAppender(BIND_LOG);
    }

    @AfterAll
    static void stop() {
        factory.close();
    }

    private static List<ProbeType.Configured> configured(String property) {
        return ProbeType.CONFIGURED.stream()
                .filter(one -> one.property() != null && one.property().equals(property))
                .toList();
    }

    private static SessionFactoryImplementor internals() {
        return factory.internals();
    }

    @Test
    void hibernate_still_stores_what_a_value_converter_makes_and_never_asks_the_type_itself() {
        assertThat(factory.raw("select text_column from Thing"))
                .as("EncryptedUserType relies on it: its converter is what encrypts")
                .containsExactly(ProbeType.CONVERTED + "text");
        assertThat(factory.sessions().fromTransaction(session -> session.find(Thing.class, 1L)).text)
                .isEqualTo("text");
    }

    @Test
    void hibernate_still_binds_and_reads_by_no_methods_of_a_type_that_are_not_known() {
        List<String> known = Version.getVersionString().startsWith("6.")
                ? List.of(
                        "getValueConverter()",
                        "nullSafeGet(ResultSet,int,SharedSessionContractImplementor,Object)",
                        "nullSafeSet(PreparedStatement,Object,int,SharedSessionContractImplementor)")
                : List.of(
                        "getValueConverter()",
                        "nullSafeGet(ResultSet,int,SharedSessionContractImplementor,Object)",
                        "nullSafeGet(ResultSet,int,WrapperOptions)",
                        "nullSafeSet(PreparedStatement,Object,int,SharedSessionContractImplementor)",
                        "nullSafeSet(PreparedStatement,Object,int,WrapperOptions)");
        assertThat(Arrays.stream(UserType.class.getMethods())
                        .filter(method -> method.getName().matches("nullSafe.*|getValueConverter"))
                        .map(HibernateStillTypesTest::signature))
                .as("UserTypeOf7 lists them: a new one has a default that binds the plaintext")
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList()
                        .toString()
                        .replace(", ", ",")
                        .replace('[', '(')
                        .replace(']', ')');
    }

    @Test
    void hibernate_still_sets_the_type_configuration_before_the_parameters() {
        assertThat(ProbeType.CONFIGURED)
                .as("EncryptedUserType.setParameterValues finds the keys by it")
                .isNotEmpty()
                .allMatch(ProbeType.Configured::hadTypeConfiguration);
    }

    @Test
    void hibernate_still_names_the_entity_for_an_attribute_of_its_superclass() {
        assertThat(configured("inherited").get(0).entity())
                .as("AnnotatedMember searches the superclasses for that reason")
                .isEqualTo(Thing.class.getName());
    }

    @Test
    void hibernate_still_names_the_embeddable_as_the_entity_of_its_attributes() {
        assertThat(configured("partText").get(0).entity())
                .as("AttributeFactory binds an embeddable's values to its class by it")
                .isEqualTo(Part.class.getName());
    }

    @Test
    void hibernate_still_gives_a_type_the_annotations_and_the_java_type_of_its_attribute() {
        var type = configured("text").get(0).type();

        assertThat(type.getAnnotationsMethod())
                .as("AttributeFactory reads @Encrypted there")
                .anyMatch(annotation -> annotation.annotationType() == Column.class);
        assertThat(type.getReturnedClass()).isEqualTo(String.class);
    }

    @Test
    void hibernate_still_gives_an_audit_table_s_type_what_the_first_one_put_into_its_parameters() {
        assertThat(configured("text"))
                .extracting(ProbeType.Configured::note)
                .as("AttributeOptions.save relies on it: an audited attribute has no annotations")
                .contains(null, "noted by " + Thing.class.getName());
        assertThat(factory.raw("select text_column from Thing_AUD")).containsExactly(ProbeType.CONVERTED + "text");
    }

    @Test
    void hibernate_still_logs_the_converted_value_and_not_the_attribute_s() {
        assertThat(BIND_LOG.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .as("SealedJavaType's mask is logged for that reason")
                .anyMatch(line -> line.contains("[" + ProbeType.CONVERTED + "text]"))
                .noneMatch(line -> line.contains("[text]"))
                .anyMatch(line -> line.contains("[plain]"));
    }

    @Test
    void hibernate_still_prints_an_entity_with_what_a_loggable_type_says() {
        assertThat(new EntityPrinter(internals()).toString(Thing.class.getName(), new Thing()))
                .as("EncryptedUserType.toLoggableString masks there")
                .contains("text=" + ProbeType.LOGGABLE, "inherited=" + ProbeType.LOGGABLE, "plain=plain");
    }

    @Test
    void hibernate_still_keeps_what_a_type_disassembles_in_the_second_level_cache() {
        var persister = internals().getMappingMetamodel().getEntityDescriptor(Thing.class);
        var type = persister.getPropertyType("text");

        assertThat(type.disassemble("text", internals()))
                .as("EncryptedUserType.disassemble encrypts for the caches")
                .isEqualTo(ProbeType.CONVERTED + "text");
    }
}
