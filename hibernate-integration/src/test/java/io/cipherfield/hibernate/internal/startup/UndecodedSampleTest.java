package io.cipherfield.hibernate.internal.startup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.OldSystems;
import io.cipherfield.hibernate.testing.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a start says of legacy readers that decode none of their values. */
class UndecodedSampleTest {

    @Entity(name = "Migrating")
    @Table(name = "migrating")
    static class Migrating {
        @Id
        Long id = 1L;

        @Column(length = 100)
        @Encrypted(legacy = {"sealed", "token"})
        String secret;
    }

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(StartupCheck.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private static ColumnCheckUnit unit(TestDatabase kind) {
        return new ColumnCheckUnit(kind.fresh())
                .set(CipherfieldService.LEGACY_READERS, OldSystems.KNOWN.readers())
                .execute("create table migrating (id bigint primary key, secret varchar(483)"
                        + (kind == TestDatabase.MARIADB ? " character set utf8mb4 collate utf8mb4_bin" : "") + ")");
    }

    private List<String> said(ColumnCheckUnit unit) {
        log.list.clear();
        unit.start(Migrating.class).close();
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_is_told_at_the_start_by_two_values_and_not_by_one(TestDatabase kind) {
        ColumnCheckUnit unit = unit(kind)
                .execute("insert into migrating values (1, '" + OldSystems.UNKNOWN.token("one") + "')")
                .execute("insert into migrating values (2, '" + OldSystems.KNOWN.sealed("two") + "')");
        assertThat(said(unit)).isEmpty();

        unit.execute("insert into migrating values (3, '" + OldSystems.UNKNOWN.token("three") + "')");
        assertThat(said(unit))
                .singleElement()
                .asString()
                .startsWith("Legacy readers that decoded none of the few values of theirs that were looked at:\n"
                        + "    migrating.secret (" + Migrating.class.getName() + ".secret): token, at one since: ")
                .contains("Its Fernet signature is not right", "Look at the key, the password");

        unit.execute("insert into migrating values (0, '" + OldSystems.KNOWN.token("zero") + "')");
        assertThat(said(unit)).isEmpty();
    }
}
