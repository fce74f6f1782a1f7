package io.cipherfield.benchmarks.orm;

import io.cipherfield.StartupCheckMode;
import io.cipherfield.benchmarks.database.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/** Annotated classes to a SessionFactory that is ready, with a new connection, on tables that exist and hold rows. */
final class BootstrapScenario implements Scenario {

    private final Database database;
    private final Map<Variant, Schema> schemas;
    private final StartupCheckMode startupCheck;
    private @Nullable SessionFactory opened;

    BootstrapScenario(Database database, Map<Variant, Schema> schemas, StartupCheckMode startupCheck) {
        this.database = database;
        this.schemas = schemas;
        this.startupCheck = startupCheck;
    }

    @Override
    public String title() {
        return "Bootstrap with 2,000 attributes, startup-check "
                + startupCheck.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** One peer: a converter costs the same here whatever it does to values. */
    @Override
    public List<Variant> variants() {
        return Arrays.stream(Variant.values()).filter(schemas::containsKey).toList();
    }

    @Override
    public String unit() {
        return "attribute";
    }

    @Override
    public int units(Variant variant) {
        return 2_000;
    }

    @Override
    public void run(Variant variant) {
        Schema schema = schemas.get(variant);
        if (schema == null) {
            throw new IllegalArgumentException(variant.title());
        }
        opened = Stores.open(database, schema.entities(), "none", startupCheck);
    }

    @Override
    public void after(Variant variant) {
        if (opened != null) {
            opened.close();
        }
    }
}
