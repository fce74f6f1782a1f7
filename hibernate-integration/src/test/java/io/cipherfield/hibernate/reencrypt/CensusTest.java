package io.cipherfield.hibernate.reencrypt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextHeader;
import io.cipherfield.CiphertextText;
import io.cipherfield.KeyId;
import io.cipherfield.Keyring;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.internal.catalogue.DatabaseKind;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumn;
import io.cipherfield.hibernate.internal.catalogue.EncryptedColumns;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CensusTest {

    private static final Keyring RING = Keyring.of(Unit.NEW, Unit.OLD);

    /** Whatever may stand at the start of a value, and each length at which the verdict may change. */
    private static List<byte[]> values() {
        List<byte[]> starts =
                new ArrayList<>(List.of(new byte[0], new byte[] {(byte) 0xCF}, bytes("z"), bytes("plain")));
        for (CipherKey key : List.of(Unit.NEW, Unit.OLD, Unit.LOST)) {
            for (Suite suite : Suite.values()) {
                starts.add(new CiphertextHeader(suite, key.id()).toBytes());
            }
        }
        // The greatest key id, behind which no other sorts, and one that text in base64 shows with special characters.
        starts.add(new CiphertextHeader(Suite.AES_SIV, new KeyId(-1)).toBytes());
        starts.add(new CiphertextHeader(Suite.AES_SIV, new KeyId(0xFBEFBEFB)).toBytes());
        byte[] noSuite = new CiphertextHeader(Suite.AES_SIV, Unit.OLD.id()).toBytes();
        noSuite[1] = 9;
        starts.add(noSuite);
        List<byte[]> values = new ArrayList<>();
        for (byte[] start : starts) {
            for (int length : new int[] {0, 5, 6, 22, 23, 24, 38, 39, 40, 46, 47, 48, 63, 64, 65, 300}) {
                if (length >= start.length) {
                    byte[] value = Arrays.copyOf(start, length);
                    Arrays.fill(value, start.length, length, (byte) 'x');
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void the_database_counts_what_reading_each_value_would(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            if (kind == TestDatabase.MARIADB) {
                // A collation that calls headers equal which differ in case.
                unit.execute("alter table `Order Line` modify `Secret Value` varchar(1100) collate utf8mb4_general_ci");
            }
            fill(unit, database);
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            List<CensusEntry> read = taken(unit, DatabaseKind.OTHER);
            assertThat(read).hasSizeGreaterThan(20);
            assertThat(taken(
                            unit,
                            DatabaseKind.of(factory(unit).getJdbcServices().getDialect())))
                    .containsExactlyInAnyOrderElementsOf(read);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_says_where_each_key_is_needed_to_people_and_to_programs(TestDatabase kind) throws Exception {
        TestDatabase.Fresh database = kind.fresh();
        try (Unit unit = Unit.before(database, Entities.Simple.class)) {
            unit.persist(new Entities.Simple(1, "a", "b"), new Entities.Simple(2, null, "b"));
        }
        try (Unit unit = Unit.after(database, Entities.Simple.class)) {
            Census before = unit.job().census();
            assertThat(before.outdated()).isEqualTo(3);
            assertThat(before.toText())
                    .contains(
                            "key " + Unit.OLD.id() + ": 3 values found in 2 columns of 1 table at ",
                            "Secret Value",
                            ": 1\n",
                            ": 2\n");
            JsonNode json = new ObjectMapper().readTree(before.toJson());
            assertThat(json.at("/keys/0/id").asText()).isEqualTo(Unit.NEW.id().toString());
            assertThat(json.at("/keys/0/use").asText()).isEqualTo("encrypts");
            assertThat(json.at("/keys/1/use").asText()).isEqualTo("decrypts");
            assertThat(json.at("/keys/1/values").asLong()).isEqualTo(3);
            assertThat(json.at("/entries")).hasSize(3);
            assertThat(json.at("/at").asText()).isEqualTo(before.at().toString());

            unit.job().run();
            assertThat(unit.job().census().outdated()).isZero();
            assertThat(unit.job().census().toText())
                    .contains("key " + Unit.OLD.id() + ": none found in 2 columns of 1 table at ");
        }
    }

    private static void fill(Unit unit, TestDatabase.Fresh database) throws SQLException {
        List<byte[]> values = values();
        Random random = new Random(1);
        String sql = "insert into " + table(unit) + " (id, " + columns(unit) + ") values (?, ?, ?)";
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int id = 0; id < 2 * values.size(); id++) {
                byte[] value = values.get(id % values.size());
                // A letter more or less shows a length that is off by one.
                String text = value.length > 0 && value[0] == (byte) 0xCF
                        ? CiphertextText.encode(value)
                        : new String(value, StandardCharsets.ISO_8859_1);
                text = id < values.size() || text.isEmpty() ? text : text.substring(0, text.length() - 1);
                byte[] binary = random.nextInt(4) == 0 ? bytes(text) : value;
                statement.setInt(1, id);
                statement.setString(2, random.nextInt(9) == 0 ? null : text);
                statement.setBytes(3, random.nextInt(9) == 0 ? null : binary);
                statement.executeUpdate();
            }
        }
    }

    private static String table(Unit unit) {
        return EncryptedColumns.of(unit.sessions()).all().get(0).table().name();
    }

    private static String columns(Unit unit) {
        return EncryptedColumns.of(unit.sessions()).all().stream()
                .map(column -> column.name())
                .sorted(Comparator.comparing(name -> !name.contains("Secret")))
                .collect(Collectors.joining(", "));
    }

    private static List<CensusEntry> taken(Unit unit, DatabaseKind database) throws SQLException {
        SessionFactoryImplementor factory = factory(unit);
        DatabaseKind real = DatabaseKind.of(factory.getJdbcServices().getDialect());
        try (JobConnection connection = JobConnection.open(
                ConnectionSource.of(factory.getJdbcServices().getBootstrapJdbcConnectionAccess()),
                new LockTimeout(real, LockTimeout.DEFAULT))) {
            List<EncryptedColumn> columns = EncryptedColumns.of(factory).all();
            TableShape shape = TableShape.read(connection, real, columns, columns);
            return new CensusTaker(connection, database, RING).take(shape);
        }
    }

    private static SessionFactoryImplementor factory(Unit unit) {
        return unit.sessions().unwrap(SessionFactoryImplementor.class);
    }
}
