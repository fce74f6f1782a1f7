package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddableRecordTest {

    @Embeddable
    record Name(@Encrypted String given, @Encrypted Integer number) {}

    @Entity(name = "Named")
    static class Named {
        @Id
        Long id = 1L;

        @Embedded
        Name name;
    }

    @ParameterizedTest
    @EnumSource
    void a_record_that_a_statement_is_given_is_encrypted_part_by_part(TestDatabase database) {
        try (TestFactory factory = TestFactory.on(database.fresh(), Map.of(), Named.class)) {
            for (String statement : List.of(
                    "insert into Named (id, name) values (1, :name)", "update Named set name = :name where id = 1")) {
                for (Name name : List.of(new Name("Ada", 7), new Name("Eve", 8))) {
                    factory.sessions().inTransaction(session -> {
                        if (statement.startsWith("insert")) {
                            session.createMutationQuery("delete from Named").executeUpdate();
                        }
                        session.createMutationQuery(statement)
                                .setParameter("name", name)
                                .executeUpdate();
                        assertThat(session.createSelectionQuery("select n.name from Named n", Name.class)
                                        .getResultList())
                                .containsExactly(name);
                    });
                    assertThat(factory.raw("select given from Named"))
                            .allSatisfy(stored -> assertThat(CiphertextHeader.of((String) stored))
                                    .isNotNull());
                    assertThat(factory.raw("select number from Named"))
                            .allSatisfy(stored -> assertThat(CiphertextHeader.of((byte[]) stored))
                                    .isNotNull());
                }
            }
        }
    }

    @Test
    void the_components_of_a_record_are_encrypted() {
        try (TestFactory factory = TestFactory.h2(Named.class)) {
            Named named = new Named();
            named.name = new Name("Ada", 7);
            factory.persist(named);

            assertThat(CiphertextHeader.of(
                            (String) factory.raw("select given from Named").get(0)))
                    .isNotNull();
            assertThat(factory.find(Named.class, 1L).name).isEqualTo(new Name("Ada", 7));
            Name changed = new Name("Eve", 8);
            factory.sessions().inTransaction(session -> session.find(Named.class, 1L).name = changed);
            assertThat(factory.find(Named.class, 1L).name).isEqualTo(changed);
        }
    }
}
