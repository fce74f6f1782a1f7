package io.cipherfield.hibernate.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.cipherfield.hibernate.SerializingRegionFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Plants recognisable values, sends them down every path with all logs on, and searches every place they could have got to. The same
 * model without the library shows that the search finds what is there.
 */
class NothingLeaksTest {

    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /** Hibernate itself puts no attribute's value there. */
    private static final Set<String> SHOW_NO_VALUES =
            Set.of("cache default-update-timestamps-region", "log org.hibernate.SQL_SLOW", "statistics", "toString");

    private static final String NATURAL_ID_REGION = "cache " + Marked.class.getName() + "##NaturalId";

    private static final String NATURAL_ID_LOG = "log of natural ids";

    /** At DEBUG and TRACE Hibernate prints natural ids there without asking their type; docs/queries.md says so. */
    private static final Set<String> NATURAL_ID_LOGS = Set.of(
            "org.hibernate.engine.internal.NaturalIdResolutionsImpl",
            "org.hibernate.orm.loader",
            "org.hibernate.orm.mapping.natural_id",
            "org.hibernate.orm.results.loading");

    @TempDir
    private Path folder;

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final Places places;

        Recorder(Places places) {
            this.places = places;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String logger = event.getLoggerName();
            if (!event.getLevel().isGreaterOrEqual(Level.INFO) && NATURAL_ID_LOGS.contains(logger)) {
                places.add(NATURAL_ID_LOG, (Object) event.getFormattedMessage());
                return;
            }
            String place = logger.contains("jdbc.bind") || logger.contains("jdbc.extract") || logger.contains("SLOW")
                    ? "log " + logger
                    : "log";
            places.add(place, (Object) (logger + " " + event.getFormattedMessage()));
            if (event.getThrowableProxy() != null) {
                places.add(place, (Object) ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    /** Runs the exercise with every logger at TRACE, and collects logs, standard output and cache entries. */
    private static void run(boolean encrypted, Map<String, Object> database, Places places) throws Exception {
        Map<String, Object> settings = new HashMap<>(database);
        settings.put("hibernate.hbm2ddl.auto", "create");
        settings.put("cipherfield.key", KEY);
        settings.put("hibernate.cache.region.factory_class", SerializingRegionFactory.class.getName());
        settings.put("hibernate.cache.use_second_level_cache", "true");
        settings.put("hibernate.cache.use_query_cache", "true");
        settings.put("hibernate.generate_statistics", "true");
        settings.put("hibernate.use_sql_comments", "true");
        settings.put("hibernate.show_sql", "true");
        settings.put("hibernate.format_sql", "true");
        settings.put("hibernate.highlight_sql", "true");
        settings.put("hibernate.log_slow_query", "1");
        settings.put("hibernate.jdbc.batch_size", "5");
        settings.put("hibernate.auto_quote_keyword", "true");
        ClassLoader loader = encrypted ? NothingLeaksTest.class.getClassLoader() : new WithoutEncryption();
        @SuppressWarnings("unchecked")
        BiConsumer<Map<String, Object>, Places> exercise = (BiConsumer<Map<String, Object>, Places>)
                loader.loadClass(Exercise.class.getName()).getConstructor().newInstance();

        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(appenders::add);
        appenders.forEach(root::detachAppender);
        Recorder recorder = new Recorder(places);
        recorder.start();
        root.addAppender(recorder);
        Level level = root.getLevel();
        root.setLevel(Level.TRACE);
        PrintStream console = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        SerializingRegionFactory.clear();
        try {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            thread.setContextClassLoader(loader);
            exercise.accept(settings, places);
        } finally {
            thread.setContextClassLoader(context);
            System.setOut(console);
            root.setLevel(level);
            root.detachAppender(recorder);
            appenders.forEach(root::addAppender);
        }
        places.add("standard output", output.toByteArray());
        SerializingRegionFactory.forEach((region, bytes) -> places.add("cache " + region, bytes));
    }

    private static void files(Places places, String place, Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                places.add(place, Files.readAllBytes(file));
            }
        }
    }

    private Places h2(boolean encrypted) throws Exception {
        Places places = new Places();
        Path database = Files.createDirectory(folder.resolve("h2" + encrypted));
        run(
                encrypted,
                Map.of(
                        "jakarta.persistence.jdbc.url",
                                "jdbc:h2:file:" + database.resolve("db") + ";TRACE_LEVEL_FILE=3",
                        "jakarta.persistence.jdbc.user", "sa",
                        "jakarta.persistence.jdbc.password", ""),
                places);
        places.add("H2 database file", Files.readAllBytes(database.resolve("db.mv.db")));
        places.add("H2 trace file", Files.readAllBytes(database.resolve("db.trace.db")));
        return places;
    }

    private Places postgresql(boolean encrypted) throws Exception {
        Places places = new Places();
        Path data = folder.resolve("postgresql" + encrypted);
        Path log = folder.resolve("postgresql-log" + encrypted);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", log.toString())
                .setServerConfig("log_statement", "all")
                .setServerConfig("log_min_duration_statement", "0")
                .setServerConfig("log_parameter_max_length", "-1")
                .setServerConfig("log_parameter_max_length_on_error", "-1")
                .setServerConfig("log_min_error_statement", "debug5")
                .setServerConfig("log_error_verbosity", "verbose")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start()) {
            run(
                    encrypted,
                    Map.of(
                            "jakarta.persistence.jdbc.url",
                                    "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                            "jakarta.persistence.jdbc.user", "postgres",
                            "jakarta.persistence.jdbc.password", ""),
                    places);
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("checkpoint");
            }
            files(places, "PostgreSQL data directory", data.resolve("base"));
            files(places, "PostgreSQL write-ahead log", data.resolve("pg_wal"));
            files(places, "PostgreSQL server log", log);
        }
        return places;
    }

    private static Set<String> placesWith(String text, Places places) {
        Needles needles = new Needles();
        needles.text("it", text);
        Set<String> with = new TreeSet<>();
        places.search(needles).forEach((place, found) -> {
            if (!found.isEmpty()) {
                with.add(place);
            }
        });
        return with;
    }

    private static void assertNothingLeaks(Places places) {
        Map<String, Map<String, Integer>> leaks = places.search(Marked.needles());
        assertThat(leaks.remove(NATURAL_ID_LOG)).containsOnlyKeys("natural");
        assertThat(leaks).containsKey(NATURAL_ID_REGION);
        leaks.values().removeIf(Map::isEmpty);
        assertThat(leaks).isEmpty();
        // The application's own query text, in places that show query texts.
        assertThat(placesWith(Exercise.LITERAL, places))
                .contains("log", "statistics")
                .isSubsetOf("log", "standard output", "statistics", "H2 trace file", "PostgreSQL server log");
    }

    /** Every place shows some value, every value shows in some place. */
    private static void assertEverythingLeaks(Places places) {
        Map<String, Map<String, Integer>> found = places.search(Marked.needles());
        Set<String> values = new TreeSet<>();
        found.values().forEach(each -> values.addAll(each.keySet()));
        assertThat(values).containsAll(Marked.needles().names());
        assertThat(found.get(NATURAL_ID_REGION)).containsKey("natural");
        found.values().removeIf(each -> !each.isEmpty());
        assertThat(found.keySet()).isSubsetOf(SHOW_NO_VALUES);
    }

    @Test
    void nothing_is_found_with_h2() throws Exception {
        assertNothingLeaks(h2(true));
    }

    @Test
    void nothing_is_found_with_postgresql() throws Exception {
        assertNothingLeaks(postgresql(true));
    }

    @Test
    void the_same_search_finds_values_in_every_place_of_h2_without_the_library() throws Exception {
        assertEverythingLeaks(h2(false));
    }

    @Test
    void the_same_search_finds_values_in_every_place_of_postgresql_without_the_library() throws Exception {
        assertEverythingLeaks(postgresql(false));
    }
}
