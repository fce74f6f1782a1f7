package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

    private final FakeTicker ticker = new FakeTicker();
    private final ReencryptionControl control = new ReencryptionControl();
    private final Ending ending = new Ending();
    private final List<String> reasons = new ArrayList<>();

    @Test
    void all_workers_share_one_rate() throws Exception {
        Gate gate = gate(100, () -> null);
        for (int page = 0; page < 10; page++) {
            assertThat(gate.pass(25, reasons::add)).isTrue();
        }
        assertThat(ticker.passed()).isEqualTo(Duration.ofMillis(9 * 250));
        assertThat(reasons).isEmpty();
    }

    @Test
    void a_pause_holds_until_it_is_over_and_is_shown() throws Exception {
        control.pause();
        ticker.at(Duration.ofSeconds(3), control::resume);
        assertThat(gate(RateLimiter.UNLIMITED, () -> null).pass(1, reasons::add))
                .isTrue();
        assertThat(ticker.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(reasons).isNotEmpty().containsOnly(Gate.PAUSED);
    }

    @Test
    void after_a_pause_the_rate_is_what_it_was() throws Exception {
        Gate gate = gate(100, () -> null);
        control.pause();
        ticker.at(Duration.ofSeconds(60), control::resume);
        gate.pass(25, reasons::add);
        Duration resumed = ticker.passed();
        gate.pass(25, reasons::add);
        gate.pass(25, reasons::add);
        assertThat(ticker.passed().minus(resumed)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_pause_holds_also_who_waits_for_the_rate() throws Exception {
        Gate gate = gate(1, () -> null);
        gate.pass(1, reasons::add);
        ticker.at(Duration.ofMillis(500), control::pause);
        ticker.at(Duration.ofSeconds(10), control::resume);
        assertThat(gate.pass(1, reasons::add)).isTrue();
        assertThat(ticker.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_throttle_is_asked_once_a_second_and_its_reason_is_shown() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Gate gate = gate(RateLimiter.UNLIMITED, () -> asked.incrementAndGet() <= 4 ? "the replica lags" : null);
        assertThat(gate.pass(1, reasons::add)).isTrue();
        assertThat(asked).hasValue(5);
        assertThat(ticker.passed()).isEqualTo(Duration.ofSeconds(4));
        assertThat(reasons).containsOnly("the replica lags");
        gate.pass(1, reasons::add);
        assertThat(asked).hasValue(5);
    }

    @Test
    void a_stop_lets_nobody_wait_any_longer() throws Exception {
        control.pause();
        ticker.at(Duration.ofSeconds(1), control::stop);
        assertThat(gate(RateLimiter.UNLIMITED, () -> null).pass(1, reasons::add))
                .isFalse();

        Gate slow = new Gate(ticker, new RateLimiter(1, 0), new ReencryptionControl(), () -> null, ending::isOver);
        slow.pass(100, reasons::add);
        ticker.at(ticker.passed().plusSeconds(1), ending::tooManyFailures);
        assertThat(slow.pass(1, reasons::add)).isFalse();
        assertThat(ticker.passed()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void what_a_throttle_throws_comes_out() {
        Gate gate = gate(RateLimiter.UNLIMITED, () -> {
            throw new IllegalStateException("no answer from the replica");
        });
        assertThatThrownBy(() -> gate.pass(1, reasons::add)).hasMessage("no answer from the replica");
    }

    @Test
    void a_flag_file_holds_while_it_exists(@TempDir Path directory) throws Exception {
        Path flag = directory.resolve("wait");
        Throttle throttle = Throttle.flagFile(flag);
        assertThat(throttle.reason()).isNull();
        Files.createFile(flag);
        assertThat(throttle.reason()).contains(flag.toString());
        assertThat(throttle.and(() -> "it is noon").reason()).contains(flag.toString());
        Files.delete(flag);
        assertThat(throttle.and(() -> "it is noon").reason()).isEqualTo("it is noon");
        assertThat(throttle.and(() -> null).reason()).isNull();
    }

    private Gate gate(int rowsPerSecond, Throttle throttle) {
        return new Gate(ticker, new RateLimiter(rowsPerSecond, ticker.nanos()), control, throttle, ending::isOver);
    }

    /** Time passes by sleeping alone, and may make something happen. */
    private static final class FakeTicker implements Ticker {

        private long now;
        private final List<Event> events = new ArrayList<>();

        private record Event(long at, Runnable action) {}

        void at(Duration time, Runnable action) {
            events.add(new Event(time.toNanos(), action));
        }

        Duration passed() {
            return Duration.ofNanos(now);
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now += duration.toNanos();
            for (Event event : List.copyOf(events)) {
                if (event.at() <= now) {
                    events.remove(event);
                    event.action().run();
                }
            }
        }
    }
}
