package io.cipherfield.hibernate.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

class EncryptedColumnsTest {

    @Embeddable
    static class Inner {
        @Encrypted
        String deep;
    }

    @Embeddable
    static class Outer {
        Inner inner;
    }

    @MappedSuperclass
    abstract static class Base {
        @Encrypted
        String inherited;
    }

    @Entity(name = "Plain")
    @Table(name = "plain", schema = "clinic")
    @SecondaryTable(name = "plain_more", schema = "clinic")
    static class Plain extends Base {
        @Id
        Long id;

        @Encrypted
        @Column(table = "plain_more")
        String more;

        Outer outer;

        String open;

        @ElementCollection
        @Encrypted
        @OrderColumn(name = "pos")
        List<String> tags = new ArrayList<>();
    }

    @Entity(name = "Single")
    @Table(name = "single")
    static class Single {
        @Id
        Long id;

        @Encrypted
        String common;
    }

    @Entity(name = "SingleOne")
    static class SingleOne extends Single {
        @Encrypted
        String one;
    }

    @Entity(name = "SingleTwo")
    static class SingleTwo extends Single {
        @Encrypted
        String two;
    }

    @Entity(name = "Joined")
    @Table(name = "joined")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined {
        @Id
        Long id;

        @Encrypted
        String root;
    }

    @Entity(name = "JoinedSub")
    @Table(name = "joined_sub")
    static class JoinedSub extends Joined {
        @Encrypted
        String leaf;
    }

    @Entity(name = "PerClass")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class PerClass {
        @Id
        Long id;

        @Encrypted
        String root;
    }

    @Entity(name = "PerClassSub")
    @Table(name = "per_class_sub")
    static class PerClassSub extends PerClass {
        @Encrypted
        String leaf;
    }

    private static SessionFactory start(Class<?>... entities) {
        Configuration settings = new Configuration();
        settings.getProperties().putAll(TestDatabase.H2.fresh().settings());
        settings.setProperty("hibernate.hbm2ddl.create_namespaces", "true");
        settings.getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(
                                Keyring.of(CipherKey.parse("LhePrMLRaNnVGGdNnupuF1k6Hf0dzoNmCsVwZrGKVZ0="))));
        for (Class<?> entity : entities) {
            settings.addAnnotatedClass(entity);
        }
        return settings.buildSessionFactory();
    }

    private static List<String> columns(Class<?>... entities) {
        try (SessionFactory factory = start(entities)) {
            return EncryptedColumns.of(factory).all().stream()
                    .map(column -> column.qualifiedName() + " " + column.table().keyColumns() + " "
                            + column.entityClass().getSimpleName() + "." + column.path())
                    .toList();
        }
    }

    @Test
    void superclasses_embeddables_secondary_and_collection_tables_are_found_with_their_keys() {
        assertThat(columns(Plain.class))
                .containsExactlyInAnyOrder(
                        "clinic.plain.inherited [id] Plain.inherited",
                        "clinic.plain.deep [id] Plain.outer.inner.deep",
                        "clinic.plain_more.more [id] Plain.more",
                        "Plain_tags.tags [Plain_id, pos] Plain.tags");
    }

    @Test
    void each_physical_column_of_a_hierarchy_is_found_once() {
        assertThat(columns(Single.class, SingleOne.class, SingleTwo.class))
                .containsExactlyInAnyOrder(
                        "single.common [id] Single.common",
                        "single.one [id] SingleOne.one",
                        "single.two [id] SingleTwo.two");
        assertThat(columns(Joined.class, JoinedSub.class))
                .containsExactlyInAnyOrder("joined.root [id] Joined.root", "joined_sub.leaf [id] JoinedSub.leaf");
        assertThat(columns(PerClass.class, PerClassSub.class))
                .containsExactlyInAnyOrder(
                        "per_class_sub.root [id] PerClassSub.root", "per_class_sub.leaf [id] PerClassSub.leaf");
    }

    @Test
    void two_factories_stay_apart_and_a_closed_one_is_forgotten() {
        SessionFactory one = start(Single.class);
        try (SessionFactory other = start(Joined.class)) {
            assertThat(EncryptedColumns.of(one).all())
                    .extracting(EncryptedColumn::qualifiedName)
                    .containsExactly("single.common");
            assertThat(EncryptedColumns.of(other).all())
                    .extracting(EncryptedColumn::qualifiedName)
                    .containsExactly("joined.root");
            one.close();
            assertThatThrownBy(() -> EncryptedColumns.of(one)).isInstanceOf(IllegalStateException.class);
            assertThat(EncryptedColumns.of(other).all()).hasSize(1);
        }
    }
}
