package io.cipherfield.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.net.URL;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirtyCheckingTest {

    @Entity(name = "Mutable")
    @DynamicUpdate
    static class Mutable {
        @Id
        Long id = 1L;

        @Encrypted
        String text = "text";

        @Encrypted
        byte[] bytes = {1, 2, 3};

        @Encrypted
        char[] chars = {'a', 'b'};

        @Encrypted
        Date moment = new Date(1);

        @Encrypted
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"));

        @Encrypted
        BigDecimal amount = new BigDecimal("1.0");

        @Encrypted
        Double number = Double.NaN;

        @Encrypted
        URL url;
    }

    private final TestFactory factory =
            TestFactory.on(TestDatabase.H2.fresh(), Map.of("hibernate.generate_statistics", "true"), Mutable.class);

    @BeforeEach
    void persist() throws Exception {
        Mutable entity = new Mutable();
        // A host that a name server would take long to not find.
        entity.url = new URL("https://no-such-host.invalid/");
        factory.persist(entity);
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private long updates(Consumer<Mutable> change) {
        Statistics statistics = factory.sessions().getStatistics();
        statistics.clear();
        factory.sessions().inTransaction(session -> change.accept(session.find(Mutable.class, 1L)));
        return statistics.getEntityUpdateCount();
    }

    @Test
    void an_entity_that_was_only_read_is_not_updated() {
        List<Object> before = factory.raw("select text from Mutable");

        assertThat(updates(entity -> {})).isZero();
        assertThat(factory.raw("select text from Mutable")).isEqualTo(before);
    }

    @Test
    void an_equal_value_is_no_change() {
        assertThat(updates(entity -> {
                    entity.text = new String("text");
                    entity.bytes = entity.bytes.clone();
                    entity.chars = entity.chars.clone();
                    entity.moment = new java.sql.Timestamp(1);
                    entity.calendar = (Calendar) entity.calendar.clone();
                    entity.calendar.setFirstDayOfWeek(Calendar.SATURDAY);
                    entity.amount = new BigDecimal("1.0");
                    entity.number = 0.0 / 0.0;
                }))
                .isZero();
    }

    @Test
    void a_change_in_place_is_seen() {
        assertThat(updates(entity -> entity.bytes[0] = 9)).isEqualTo(1);
        assertThat(updates(entity -> entity.chars[0] = 'z')).isEqualTo(1);
        assertThat(updates(entity -> entity.moment.setTime(2))).isEqualTo(1);
        assertThat(updates(entity -> entity.calendar.add(Calendar.DATE, 1))).isEqualTo(1);

        Mutable found = factory.find(Mutable.class, 1L);
        assertThat(found.bytes[0]).isEqualTo((byte) 9);
        assertThat(found.chars[0]).isEqualTo('z');
        assertThat(found.moment).hasTime(2);
    }

    @Test
    void another_scale_or_zone_is_a_change() {
        assertThat(updates(entity -> entity.amount = new BigDecimal("1.00"))).isEqualTo(1);
        assertThat(updates(entity -> entity.calendar.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"))))
                .isEqualTo(1);
    }

    @Test
    void a_dynamic_update_leaves_the_other_ciphertexts_alone() {
        List<Object> text = factory.raw("select text from Mutable");
        byte[] bytes = (byte[]) factory.raw("select bytes from Mutable").get(0);

        assertThat(updates(entity -> entity.bytes = new byte[] {4})).isEqualTo(1);

        assertThat(factory.raw("select text from Mutable")).isEqualTo(text);
        assertThat(Arrays.equals(
                        (byte[]) factory.raw("select bytes from Mutable").get(0), bytes))
                .isFalse();
    }

    @Test
    void a_merge_of_equal_values_is_no_change() {
        Mutable detached = factory.find(Mutable.class, 1L);
        Statistics statistics = factory.sessions().getStatistics();
        statistics.clear();

        factory.sessions().inTransaction(session -> session.merge(detached));

        assertThat(statistics.getEntityUpdateCount()).isZero();
    }
}
