package io.cipherfield.benchmarks.orm;

import io.cipherfield.benchmarks.database.Database;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Many entities with many attributes of one variant, as classes made while the benchmark runs. */
final class Schema {

    private final List<DynamicType.Unloaded<Object>> made = new ArrayList<>();
    private final List<Class<?>> entities = new ArrayList<>();
    private final int attributes;

    Schema(Variant variant, int entities, int attributes) {
        this.attributes = attributes;
        for (int i = 0; i < entities; i++) {
            DynamicType.Unloaded<Object> entity =
                    entity(variant, "Bootstrap" + variant.name().charAt(0) + i, attributes);
            this.made.add(entity);
            this.entities.add(entity.load(
                            Schema.class.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                    .getLoaded());
        }
    }

    /** For another JVM. */
    void saveIn(Path directory) throws IOException {
        for (DynamicType.Unloaded<Object> entity : made) {
            entity.saveIn(directory.toFile());
        }
    }

    private static DynamicType.Unloaded<Object> entity(Variant variant, String name, int attributes) {
        DynamicType.Builder<Object> builder = new ByteBuddy()
                .subclass(Object.class)
                .name(Schema.class.getPackageName() + "." + name)
                .annotateType(AnnotationDescription.Builder.ofType(Entity.class).build())
                .defineField("id", long.class, Modifier.PUBLIC)
                .annotateField(AnnotationDescription.Builder.ofType(Id.class).build());
        AnnotationDescription annotation = variant.annotation();
        for (int i = 0; i < attributes; i++) {
            DynamicType.Builder.FieldDefinition.Optional.Valuable<Object> field =
                    builder.defineField(attribute(i), String.class, Modifier.PUBLIC);
            builder = annotation == null ? field : field.annotateField(annotation);
        }
        return builder.make();
    }

    private static String attribute(int number) {
        return "attribute" + number;
    }

    List<Class<?>> entities() {
        return entities;
    }

    /** The same values in each row of a table, so that also the peers are done soon. */
    void fill(Database database, SessionFactory factory, int rows) {
        factory.inTransaction(session -> entities.forEach(entity -> persist(session, entity)));
        String columns =
                IntStream.range(0, attributes).mapToObj(Schema::attribute).collect(Collectors.joining(", "));
        for (Class<?> entity : entities) {
            String table = entity.getSimpleName();
            database.execute(String.format(
                    "insert into %s (id, %s) select n, %s from %s, " + database.rowNumbers(),
                    table,
                    columns,
                    columns,
                    table,
                    rows));
            database.settle(table);
        }
    }

    private void persist(Session session, Class<?> type) {
        try {
            Object entity = type.getConstructor().newInstance();
            for (int i = 0; i < attributes; i++) {
                type.getField(attribute(i)).set(entity, Sample.of(i).name());
            }
            session.persist(entity);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
