package io.cipherfield.samples.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.legacy.LegacyValueException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real PostgreSQL's pgcrypto wrote. */
class PgcryptoReaderTest {

    private static final String PASSWORD = "pässword of pgcrypto";
    private static EmbeddedPostgres server;
    private static Connection connection;

    private final PgcryptoReader reader = new PgcryptoReader(PASSWORD);

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
        connection = server.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("create extension pgcrypto");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    private static byte[] stored(String value, String options) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select pgp_sym_encrypt(?, ?, ?)")) {
            select.setString(1, value);
            select.setString(2, PASSWORD);
            select.setString(3, options);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cipher-algo=aes256",
                "cipher-algo=bf",
                "compress-algo=1",
                "compress-algo=2, compress-level=9",
                "s2k-mode=1",
                "s2k-mode=0, s2k-digest-algo=md5",
                "sess-key=1, unicode-mode=1",
            })
    void what_pgp_sym_encrypt_stored_is_read(String options) throws Exception {
        for (String value : new String[] {"", "Zoë", "a".repeat(20_000)}) {
            assertThat(new String(reader.read(stored(value, options)), StandardCharsets.UTF_8))
                    .isEqualTo(value);
        }
    }

    @Test
    void changed_bytes_and_cut_messages_are_refused() throws Exception {
        byte[] stored = stored("hunter2", "");
        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            byte[] cut = Arrays.copyOf(stored, i);
            assertThatThrownBy(() -> reader.read(changed)).as("byte " + i).isInstanceOf(LegacyValueException.class);
            assertThatThrownBy(() -> reader.read(cut)).as("first " + i).isInstanceOf(LegacyValueException.class);
        }
    }

    @Test
    void another_password_an_unprotected_message_and_other_bytes_are_refused() throws Exception {
        byte[] stored = stored("hunter2", "");
        assertThatThrownBy(() -> new PgcryptoReader("another").read(stored)).isInstanceOf(LegacyValueException.class);
        byte[] unprotected = stored("hunter2", "disable-mdc=1");
        assertThatThrownBy(() -> reader.read(unprotected))
                .isInstanceOf(LegacyValueException.class)
                .hasMessageContaining("modification detection code");
        assertThatThrownBy(() -> reader.read("hunter2".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(LegacyValueException.class);
        assertThatThrownBy(() -> reader.read(new byte[0])).isInstanceOf(LegacyValueException.class);
    }
}
