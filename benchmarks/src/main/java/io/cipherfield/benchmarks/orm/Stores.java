package io.cipherfield.benchmarks.orm;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.StartupCheckMode;
import io.cipherfield.benchmarks.database.Database;
import io.cipherfield.hibernate.CipherfieldService;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** A SessionFactory for each variant, with no other entity in it. */
final class Stores implements AutoCloseable {

    private static final CipherfieldConfiguration CONFIGURATION = CipherfieldConfiguration.of(
            Keyring.of(CipherKey.of("a benchmark's key of 32 bytes...".getBytes(StandardCharsets.US_ASCII))));

    private final Map<Variant, SessionFactory> factories = new EnumMap<>(Variant.class);

    Stores(Database database) {
        for (Variant variant : Variant.values()) {
            factories.put(variant, open(database, List.of(variant.entity()), "create", StartupCheckMode.FAIL));
        }
    }

    static SessionFactory open(
            Database database, List<? extends Class<?>> entities, String ddl, StartupCheckMode startupCheck) {
        MetadataSources sources = new MetadataSources(new StandardServiceRegistryBuilder()
                .applySettings(database.settings())
                .applySetting("hibernate.hbm2ddl.auto", ddl)
                .applySetting("hibernate.jdbc.batch_size", "50")
                .applySetting(CipherfieldService.CONFIGURATION, CONFIGURATION.withStartupCheck(startupCheck))
                .build());
        entities.forEach(sources::addAnnotatedClass);
        return sources.buildMetadata().buildSessionFactory();
    }

    SessionFactory of(Variant variant) {
        SessionFactory factory = factories.get(variant);
        if (factory == null) {
            throw new IllegalArgumentException(variant.title());
        }
        return factory;
    }

    @Override
    public void close() {
        factories.values().forEach(SessionFactory::close);
    }
}
