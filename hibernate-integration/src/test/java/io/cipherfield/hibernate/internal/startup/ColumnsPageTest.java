package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.reencrypt.Reencryption;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.SessionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does with a table of plaintext what {@code docs/columns.md} says, by its own statements. */
class ColumnsPageTest {

    private static final Pattern BLOCK = Pattern.compile("```sql\\s+-- ([^\\n]*)\\n(.*?)```", Pattern.DOTALL);

    @Entity(name = "Before")
    @Table(name = "patient")
    static class Before {
        @Id
        Long id = 1L;

        String ssn = "Mü-65-4321";
        LocalDate born = LocalDate.of(1970, 1, 2);
    }

    @Entity(name = "During")
    @Table(name = "patient")
    static class During {
        @Id
        Long id;

        @Encrypted
        String ssn;

        @Encrypted
        LocalDate born;

        @Column(name = "born_plain")
        LocalDate bornPlain;
    }

    @Entity(name = "After")
    @Table(name = "patient")
    static class After {
        @Id
        Long id;

        @Encrypted(context = "During.ssn")
        String ssn;

        @Encrypted(context = "During.born")
        LocalDate born;
    }

    /** The statements of each block for this database, in the page's order. */
    private static List<String[]> blocks(TestDatabase kind) {
        return BLOCK.matcher(page())
                .results()
                .filter(block -> List.of(block.group(1).split(", ")).contains(name(kind)))
                .map(block -> block.group(2).strip().split(";\\s*"))
                .toList();
    }

    private static String name(TestDatabase kind) {
        return switch (kind) {
            case H2 -> "H2";
            case POSTGRESQL -> "PostgreSQL";
            case MARIADB -> "MariaDB";
        };
    }

    /** From whatever module the test is run. */
    private static String page() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path page = folder.resolve("docs/columns.md");
            if (Files.exists(page)) {
                try {
                    return Files.readString(page);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new IllegalStateException("docs/columns.md was not found");
    }

    @ParameterizedTest
    @EnumSource
    void each_step_of_the_page_works_and_keeps_the_values(TestDatabase kind) {
        List<String[]> blocks = blocks(kind);
        boolean mariadb = kind == TestDatabase.MARIADB;
        assertThat(blocks).hasSize(mariadb ? 6 : 5);
        ColumnCheckUnit unit = new ColumnCheckUnit(kind.fresh()).execute(blocks.get(0));
        try (SessionFactory factory = unit.start(Before.class)) {
            factory.inTransaction(session -> session.persist(new Before()));
        }
        String[] widen = blocks.get(1);
        String[] addColumn = blocks.get(mariadb ? 3 : 2);
        unit.execute(widen).execute(addColumn);

        unit.plaintext(PlaintextPolicy.ALLOW);
        try (SessionFactory factory = unit.start(During.class)) {
            assertThat(unit.advice()).isEmpty();
            assertThat(Reencryption.of(factory).run().fromPlaintext()).isEqualTo(1);
            factory.inTransaction(session -> {
                During patient = session.find(During.class, 1L);
                patient.born = patient.bornPlain;
                patient.bornPlain = null;
            });
        }
        if (mariadb) {
            unit.execute(blocks.get(2));
        }
        blocks.subList(blocks.size() - 2, blocks.size()).forEach(unit::execute);

        unit.plaintext(PlaintextPolicy.REFUSE);
        try (SessionFactory factory = unit.start(After.class)) {
            assertThat(unit.advice()).isEmpty();
            After patient = factory.fromTransaction(session -> session.find(After.class, 1L));
            assertThat(patient.ssn).isEqualTo(new Before().ssn);
            assertThat(patient.born).isEqualTo(new Before().born);
        }
        assertThat(unit.refused("update patient set ssn = null")).isTrue();
        assertThat(unit.refused("update patient set born = null")).isTrue();
    }
}
