package io.cipherfield.hibernate;

import static io.cipherfield.hibernate.testing.ForeignFormat.ENC;
import static io.cipherfield.hibernate.testing.ForeignFormat.OWNER;
import static io.cipherfield.hibernate.testing.ForeignFormat.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CiphertextHeader;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.Audited;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What other systems stored in the columns of encrypted attributes. */
class LegacyValuesTest {

    enum Colour {
        RED
    }

    record Card(String owner, List<Integer> numbers) {}

    @Entity(name = "Old")
    static class Old {
        @Id
        Long id = 1L;

        @Encrypted(legacy = "enc")
        String text;

        @Encrypted(storage = Storage.TEXT, legacy = "enc")
        Integer number;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        BigDecimal amount;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        Boolean flag;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        Colour colour;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        UUID uuid;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        LocalDate birthday;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        Date date;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        Card json;

        @Encrypted(storage = Storage.TEXT, legacy = "owner")
        byte[] bytesInText;

        @Encrypted(legacy = "owner")
        byte[] bytes;

        @Encrypted(storage = Storage.BINARY, legacy = "token")
        Card jsonInBytes;

        @Encrypted(storage = Storage.BINARY, legacy = "token")
        String textInBytes;

        @Encrypted(legacy = "owner")
        Long numberInBytes;

        @ElementCollection
        @CollectionTable(name = "old_tag")
        @Column(name = "tag")
        @Encrypted(legacy = "enc")
        List<String> tags = new ArrayList<>();
    }

    @Entity(name = "Kept")
    @Audited
    static class Kept {
        @Id
        Long id = 1L;

        @Encrypted(legacy = "enc")
        String secret = "first";
    }

    private static TestFactory started(TestDatabase kind) {
        Map<String, Object> settings =
                new HashMap<>(Map.of(CipherfieldService.LEGACY_READERS, LegacyReaders.of(ENC, TOKEN, OWNER)));
        return TestFactory.on(kind.fresh(), settings, Old.class, Kept.class);
    }

    private static void store(TestFactory factory, String sql, Object... values) {
        try (Connection connection = factory.database().connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("JavaUtilDate")
    void are_read_as_values_of_the_type_and_rewritten_as_ciphertext_when_they_change(TestDatabase kind) {
        try (TestFactory factory = started(kind)) {
            String card = "{\"owner\":\"Ann\",\"numbers\":[1,2]}";
            store(
                    factory,
                    "insert into Old (id, text, number, amount, flag, colour, uuid, birthday, date, json, bytesInText, bytes, jsonInBytes,"
                            + " textInBytes, numberInBytes) values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    ENC.write("s\u00E9cret \uD83D\uDD11"),
                    ENC.write("-42"),
                    OWNER.write("12.500"),
                    OWNER.write("true"),
                    OWNER.write("RED"),
                    OWNER.write("00112233-4455-6677-8899-aabbccddeeff"),
                    OWNER.write("2027-03-01"),
                    OWNER.write("1700000000123"),
                    OWNER.write(card),
                    OWNER.write(new byte[] {0, -1, 2}),
                    bytes(OWNER.write(new byte[] {0, -1, 2})),
                    bytes(TOKEN.write(card)),
                    bytes(TOKEN.write("a token in bytes")),
                    bytes(OWNER.write("9223372036854775807")));
            store(factory, "insert into old_tag (Old_id, tag) values (1, ?)", ENC.write("tag"));

            factory.sessions().inTransaction(session -> {
                Old old = session.find(Old.class, 1L);
                assertThat(old.text).isEqualTo("s\u00E9cret \uD83D\uDD11");
                assertThat(old.number).isEqualTo(-42);
                assertThat(old.amount).isEqualTo(new BigDecimal("12.500"));
                assertThat(old.flag).isTrue();
                assertThat(old.colour).isEqualTo(Colour.RED);
                assertThat(old.uuid).hasToString("00112233-4455-6677-8899-aabbccddeeff");
                assertThat(old.birthday).isEqualTo(LocalDate.of(2027, 3, 1));
                assertThat(old.date).isEqualTo(new Date(1_700_000_000_123L));
                assertThat(old.json).isEqualTo(new Card("Ann", List.of(1, 2)));
                assertThat(old.bytesInText).containsExactly(0, -1, 2);
                assertThat(old.bytes).containsExactly(0, -1, 2);
                assertThat(old.jsonInBytes).isEqualTo(old.json);
                assertThat(old.textInBytes).isEqualTo("a token in bytes");
                assertThat(old.numberInBytes).isEqualTo(Long.MAX_VALUE);
                assertThat(old.tags).containsExactly("tag");
                old.number = 43;
            });

            assertThat(CiphertextHeader.of(
                            (String) factory.raw("select number from Old").get(0)))
                    .isNotNull();
            assertThat(factory.find(Old.class, 1L).number).isEqualTo(43);
            Object[] projected = factory.sessions()
                    .fromSession(session -> session.createSelectionQuery(
                                    "select o.text, o.number, o.json from Old o", Object[].class)
                            .getSingleResult());
            assertThat(projected).containsExactly("s\u00E9cret \uD83D\uDD11", 43, new Card("Ann", List.of(1, 2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void are_read_from_audit_tables(TestDatabase kind) {
        try (TestFactory factory = started(kind)) {
            factory.persist(new Kept());
            factory.sessions().inTransaction(session -> session.find(Kept.class, 1L).secret = "second");
            store(factory, "update Kept_AUD set secret = ? where REV = 1", ENC.write("from before"));

            factory.sessions().inTransaction(session -> {
                var history = AuditReaderFactory.get(session);
                assertThat(history.find(Kept.class, 1L, 1).secret).isEqualTo("from before");
                assertThat(history.find(Kept.class, 1L, 2).secret).isEqualTo("second");
            });
        }
    }

    static Stream<Arguments> broken() {
        String changed = ENC.write("needle-of-text").replaceAll("...\\)$", "AAA)");
        return Stream.of(
                Arguments.of("text", changed, "enc", "checksum"),
                Arguments.of("text", "ENC(needle-of-text)", "enc", "does not read it"),
                Arguments.of("text", "needle-of-plaintext", "enc", "None of its legacy readers claims it"),
                Arguments.of("text", ENC.write(new byte[] {'n', (byte) 0xC3, 'e'}), "enc", "no text in UTF-8"),
                Arguments.of("number", ENC.write("needle"), "enc", "java.lang.Integer"),
                Arguments.of("number", ENC.write(""), "enc", "java.lang.Integer"),
                Arguments.of("flag", OWNER.write("needle"), "owner", "java.lang.Boolean"),
                Arguments.of("colour", OWNER.write("NEEDLE"), "owner", "Colour"),
                Arguments.of("birthday", OWNER.write("needle"), "owner", "java.time.LocalDate"),
                Arguments.of("json", OWNER.write("{\"owner\":\"needle"), "owner", "JSON"),
                Arguments.of("json", OWNER.write("{\"needle\":1}"), "owner", "JSON"),
                Arguments.of("amount", "needle needle", "owner", "base64"));
    }

    @ParameterizedTest
    @MethodSource
    void broken(String attribute, String stored, String reader, String reason) {
        try (TestFactory factory = started(TestDatabase.H2)) {
            store(factory, "insert into Old (id, " + attribute + ") values (1, ?)", stored);

            assertThatThrownBy(() -> factory.find(Old.class, 1L))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("Old." + attribute)
                    .hasMessageContaining(reason)
                    .hasMessageMatching("(?s).*legacy reader(s claims it| " + reader + " ).*")
                    .satisfies(error -> {
                        StringWriter trace = new StringWriter();
                        error.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString().toLowerCase(java.util.Locale.ROOT))
                                .doesNotContain("needle");
                    });
            assertThat(factory.raw("select " + attribute + " from Old")).containsExactly(stored);
        }
    }
}
