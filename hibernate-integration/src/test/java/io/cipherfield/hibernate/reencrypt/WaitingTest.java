package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds a whole job back, and what its listener hears of it. */
@Timeout(120)
class WaitingTest {

    private final List<String> reasons = new ArrayList<>();

    @Test
    void a_paused_job_says_so_and_goes_on_when_it_is_resumed() {
        try (Unit unit = unit()) {
            ReencryptionControl control = new ReencryptionControl();
            control.pause();
            Report report = unit.job()
                    .control(control)
                    .listener(progress -> {
                        hear(progress);
                        control.resume();
                    })
                    .run();
            assertThat(reasons).contains(Gate.PAUSED);
            assertThat(report.rewritten()).isEqualTo(10);
        }
    }

    @Test
    void a_paused_job_can_be_stopped() {
        try (Unit unit = unit()) {
            ReencryptionControl control = new ReencryptionControl();
            control.pause();
            Report report = unit.job()
                    .control(control)
                    .listener(progress -> control.stop())
                    .run();
            assertThat(report.end()).isEqualTo(Report.End.STOPPED);
            assertThat(report.scanned()).isZero();
            assertThat(control.isPaused()).isFalse();
        }
    }

    @Test
    void a_flag_file_holds_the_job_and_its_reason_is_heard(@TempDir Path directory) throws Exception {
        Path flag = Files.createFile(directory.resolve("hold"));
        try (Unit unit = unit()) {
            Report report = unit.job()
                    .throttle(Throttle.flagFile(flag))
                    .listener(progress -> {
                        hear(progress);
                        flag.toFile().delete();
                    })
                    .run();
            assertThat(reasons).containsOnly("the file " + flag + " exists");
            assertThat(report.rewritten()).isEqualTo(10);
        }
    }

    @Test
    void a_stopped_control_stops_every_job_it_is_given_to() {
        try (Unit unit = unit()) {
            ReencryptionControl control = new ReencryptionControl();
            control.stop();
            assertThat(unit.job().control(control).verify().end()).isEqualTo(Report.End.STOPPED);
            assertThat(unit.job().control(control).run().end()).isEqualTo(Report.End.STOPPED);
            assertThat(unit.job().run().rewritten()).isEqualTo(10);
        }
    }

    @Test
    void before_it_writes_the_job_says_which_key_every_instance_needs() {
        List<String> notices = new ArrayList<>();
        ReencryptionListener listener = new ReencryptionListener() {
            @Override
            public void progress(Progress progress) {
                notices.add("progress");
            }

            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
        try (Unit unit = unit()) {
            unit.job().listener(listener).dryRun();
            assertThat(notices).containsOnly("progress");
            notices.clear();
            unit.job().listener(listener).run();
            assertThat(notices.get(0)).contains("key " + Unit.NEW.id()).contains("cannot read");
            assertThat(notices.subList(1, notices.size())).containsOnly("progress");
        }
    }

    private void hear(Progress progress) {
        if (progress.waitingFor() != null) {
            reasons.add(Objects.requireNonNull(progress.waitingFor()));
        }
    }

    private static Unit unit() {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        try (Unit unit = Unit.before(database, Entities.Named.class)) {
            unit.persist(IntStream.range(0, 10)
                    .mapToObj(i -> new Entities.Named("key " + i, "secret"))
                    .toList());
        }
        return Unit.after(database, Entities.Named.class);
    }
}
