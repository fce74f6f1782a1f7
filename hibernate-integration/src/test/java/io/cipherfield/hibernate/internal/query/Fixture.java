package io.cipherfield.hibernate.internal.query;

import io.cipherfield.CipherKey;
import io.cipherfield.CiphertextText;
import io.cipherfield.FieldEncryptor;
import io.cipherfield.Keyring;
import io.cipherfield.Setting;
import io.cipherfield.Suite;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.testing.ForeignFormat;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import io.cipherfield.value.ValueCodecs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.Configuration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.service.Service;

/** A factory over the model with two patients and what goes with them; it notes each SQL statement. */
final class Fixture implements AutoCloseable {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static final Map<String, Object> FUNCTIONS_OF_7_AND_READERS = Map.of(
            "hibernate.query.hql.json_functions_enabled",
            true,
            "hibernate.query.hql.xml_functions_enabled",
            true,
            CipherfieldService.LEGACY_READERS,
            LegacyReaders.of(ForeignFormat.FIXED, ForeignFormat.FIXED_OWNER, ForeignFormat.ENC));

    private final TestDatabase.Fresh database;
    private final SessionFactory sessions;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    private Fixture(TestDatabase.Fresh database, Map<String, ?> settings, Class<?>... entities) {
        this(database, settings, registry -> {}, entities);
    }

    private Fixture(
            TestDatabase.Fresh database,
            Map<String, ?> settings,
            Consumer<StandardServiceRegistryBuilder> services,
            Class<?>... entities) {
        this(new Configuration(), database, settings, services, entities);
    }

    private Fixture(
            Configuration configuration,
            TestDatabase.Fresh database,
            Map<String, ?> settings,
            Consumer<StandardServiceRegistryBuilder> services,
            Class<?>... entities) {
        this.database = database;
        configuration.getProperties().putAll(database.settings());
        configuration.setProperty(Setting.KEY.property(), KEY);
        configuration.setStatementInspector((StatementInspector) sql -> {
            statements.add(sql);
            return sql;
        });
        settings.forEach((name, value) -> configuration.getProperties().put(name, value));
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        StandardServiceRegistryBuilder registry =
                new StandardServiceRegistryBuilder().applySettings(configuration.getProperties());
        services.accept(registry);
        this.sessions = configuration.buildSessionFactory(registry.build());
    }

    static Fixture on(TestDatabase database) {
        Fixture fixture = new Fixture(database.fresh(), Map.of(), Model.ENTITIES);
        fixture.fill();
        return fixture;
    }

    /** Empty, with the functions that Hibernate 7 has on request, and with readers of other systems' values. */
    static Fixture over(TestDatabase database, Class<?>... entities) {
        return new Fixture(database.fresh(), FUNCTIONS_OF_7_AND_READERS, entities);
    }

    /** Over the same database, with a new key that encrypts beside the old one that the rows are encrypted under. */
    Fixture rotating(Class<?>... entities) {
        Map<String, Object> settings = new HashMap<>(FUNCTIONS_OF_7_AND_READERS);
        settings.put(Setting.KEY.property(), KEY.replace("1f", "2f"));
        settings.put(Setting.DECRYPT_ONLY_KEYS.property(), KEY);
        settings.put("hibernate.hbm2ddl.auto", "none");
        return new Fixture(database, settings, entities);
    }

    static Fixture with(Map<String, ?> settings, Class<?>... entities) {
        return new Fixture(TestDatabase.H2.fresh(), settings, entities);
    }

    /** @param xml an orm.xml */
    static Fixture withXml(String xml, Class<?>... entities) {
        Configuration configuration =
                new Configuration().addInputStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        return new Fixture(configuration, TestDatabase.H2.fresh(), Map.of(), registry -> {}, entities);
    }

    static <S extends Service> Fixture withService(Class<S> role, S service, Class<?>... entities) {
        return new Fixture(TestDatabase.H2.fresh(), Map.of(), registry -> registry.addService(role, service), entities);
    }

    SessionFactory sessions() {
        return sessions;
    }

    List<String> statements() {
        return statements;
    }

    /** As it was after {@link #on}. */
    void reset() {
        sessions.getSchemaManager().truncateMappedObjects();
        fill();
    }

    private void fill() {
        sessions.inTransaction(session -> {
            Model.Ward ward = new Model.Ward();
            ward.id = 1L;
            ward.name = "ward";
            session.persist(ward);
            for (long id = 1; id <= 2; id++) {
                Model.Patient patient = new Model.Patient();
                patient.id = id;
                patient.name = "name " + id;
                patient.age = 40;
                patient.active = true;
                patient.secret = "secret " + id;
                patient.other = "other " + id;
                patient.ssn = "ssn " + id;
                patient.salary = 1000;
                patient.smoker = true;
                patient.mood = Model.Mood.CALM;
                patient.address = new Model.Address("city " + id, "street " + id);
                patient.ward = ward;
                session.persist(patient);
            }
            Model.Savings savings = new Model.Savings();
            savings.label = "label";
            savings.pin = "pin";
            savings.code = "code";
            savings.bank = "bank";
            session.persist(savings);
            Model.Doc doc = new Model.Doc();
            doc.id = 1L;
            doc.title = "title";
            doc.body = "body";
            session.persist(doc);
            Model.Note note = new Model.Note();
            note.title = "title";
            note.text = "text";
            session.persist(note);
        });
    }

    /** The first column of the query's rows as the driver gives them. */
    List<Object> raw(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decrypts below Hibernate; fails if the stored value is not a ciphertext of this context. */
    static Object decrypt(String context, Object stored, Class<?> type) {
        FieldEncryptor encryptor = FieldEncryptor.of(Keyring.of(CipherKey.parse(KEY)), Suite.AES_SIV, context);
        byte[] ciphertext = stored instanceof String text ? CiphertextText.decode(text) : (byte[]) stored;
        return ValueCodecs.find(type).decode(encryptor.decrypt(ciphertext));
    }

    @Override
    public void close() {
        sessions.close();
    }
}
