package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.testing.ForeignFormat;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.Query;

/** A database whose encrypted attributes hold what their twins hold: a value twice, another value, and null. */
final class MatrixDatabase implements AutoCloseable {

    private static final Pattern PARAMETER = Pattern.compile(":([vwl])\\b");

    private final Fixture fixture;

    private MatrixDatabase(Fixture fixture) {
        this.fixture = fixture;
    }

    static MatrixDatabase withOneKey(TestDatabase database) {
        Fixture fixture = Fixture.over(database, MatrixModel.ENTITIES);
        persist(fixture, 1, 4);
        storeAsOthersDid(fixture);
        return new MatrixDatabase(fixture);
    }

    /** Half of the rows are encrypted under each key of the ring; a value repeats under another. */
    static MatrixDatabase withTwoKeys(TestDatabase database) {
        Fixture rotating;
        try (Fixture before = Fixture.over(database, MatrixModel.ENTITIES)) {
            persist(before, 1, 2);
            rotating = before.rotating(MatrixModel.ENTITIES);
        }
        persist(rotating, 3, 4);
        storeAsOthersDid(rotating);
        return new MatrixDatabase(rotating);
    }

    private static void persist(Fixture fixture, long from, long to) {
        fixture.sessions().inTransaction(session -> {
            for (long id = from; id <= to; id++) {
                Map<String, MatrixModel.Row> rows =
                        Map.of("Sample", new MatrixModel.Sample(), "Branch", new MatrixModel.Branch());
                for (MatrixModel.Row row : rows.values()) {
                    row.identify(id, "one");
                    row.set("alien", "one", false);
                }
                for (Kind kind : Kind.values()) {
                    kind.set(rows.get(kind.entity()), id == 4 ? null : id == 2 ? kind.other : kind.value);
                }
                rows.values().forEach(session::persist);
            }
        });
    }

    /** A value that is under a key in another row. */
    private static void storeAsOthersDid(Fixture fixture) {
        fixture.sessions()
                .inTransaction(session -> session.createNativeMutationQuery(
                                "update Sample set fixedTax = :t, fixedPoints = :p, encTax = :e where id = 3")
                        .setParameter("t", ForeignFormat.FIXED.write("one"))
                        .setParameter("p", ForeignFormat.FIXED_OWNER.write("1"))
                        .setParameter("e", ForeignFormat.ENC.write("one"))
                        .executeUpdate());
    }

    List<String> statements() {
        return fixture.statements();
    }

    /** What the statement selects, or what the named attribute holds after it; nothing is kept. */
    List<String> run(Kind kind, String statement, String readBack) {
        fixture.statements().clear();
        return fixture.sessions().fromTransaction(session -> {
            session.getTransaction().markRollbackOnly();
            if (!statement.matches("(update|insert|delete) .*")) {
                return rows(session, kind, statement);
            }
            MutationQuery query = session.createMutationQuery(statement);
            bind(query, kind, statement);
            int count = query.executeUpdate();
            List<String> result = new ArrayList<>(rows(session, kind, readBack));
            result.add(count + " rows");
            return result;
        });
    }

    private static List<String> rows(Session session, Kind kind, String statement) {
        Query<Object> query = session.createQuery(statement, Object.class);
        bind(query, kind, statement);
        List<String> rows =
                query.getResultList().stream().map(MatrixDatabase::text).toList();
        return statement.matches(".* order by [^)]*")
                ? rows
                : rows.stream().sorted(Comparator.naturalOrder()).toList();
    }

    private static String text(Object value) {
        if (value instanceof Object[] row) {
            return Arrays.stream(row).map(MatrixDatabase::text).toList().toString();
        }
        if (value instanceof List<?> row) {
            return row.stream().map(MatrixDatabase::text).toList().toString();
        }
        if (value instanceof Map<?, ?> row) {
            return text(row.get("id")) + text(row.get("a"));
        }
        if (value instanceof MatrixModel.View view) {
            return text(view.id()) + text(view.value());
        }
        if (value instanceof MatrixModel.Sample sample) {
            return "sample " + sample.id;
        }
        if (value instanceof MatrixModel.Root root) {
            return "root " + root.id;
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }

    private static void bind(CommonQueryContract query, Kind kind, String statement) {
        Matcher names = PARAMETER.matcher(statement);
        while (names.find()) {
            switch (names.group(1)) {
                case "v" -> query.setParameter("v", kind.value);
                case "w" -> query.setParameter("w", kind.other);
                default -> query.setParameterList("l", List.of(kind.value, kind.other));
            }
        }
    }

    @Override
    public void close() {
        fixture.close();
    }
}
