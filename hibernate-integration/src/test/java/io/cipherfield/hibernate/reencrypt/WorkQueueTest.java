package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final TableWork large = mock(TableWork.class);
    private final TableWork small = mock(TableWork.class);

    @Test
    void no_table_waits_for_a_larger_one() {
        WorkQueue queue = new WorkQueue(List.of(part(large), part(large), part(large), part(large), part(small)), 3);
        assertThat(take(queue).table()).isSameAs(large);
        assertThat(take(queue).table()).isSameAs(small);
        assertThat(take(queue).table()).isSameAs(large);
    }

    @Test
    void it_is_done_when_every_part_is() {
        WorkQueue queue = new WorkQueue(List.of(part(small), part(large)), 1);
        queue.done(take(queue));
        assertThat(queue.allDone()).isFalse();
        queue.done(take(queue));
        assertThat(queue.allDone()).isTrue();
        assertThat(queue.take()).isNull();
    }

    @Test
    void the_part_of_a_worker_that_leaves_is_done_by_another() {
        WorkQueue queue = new WorkQueue(List.of(part(small)), 2);
        Part part = take(queue);
        assertThat(queue.leave(part)).isTrue();
        assertThat(queue.take()).isSameAs(part);
        assertThat(queue.leave(part)).isFalse();
    }

    @Test
    void the_last_worker_at_work_does_not_leave_even_if_others_were_there() {
        WorkQueue queue = new WorkQueue(List.of(part(small)), 2);
        Part part = take(queue);
        assertThat(queue.take()).isNull();
        assertThat(queue.leave(part)).isFalse();
        assertThat(queue.allDone()).isFalse();
    }

    private static Part part(TableWork table) {
        return new Part(table, KeyRange.ALL, Position.START);
    }

    private static Part take(WorkQueue queue) {
        return Objects.requireNonNull(queue.take());
    }
}
