package io.cipherfield.hibernate.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cipherfield.CipherKey;
import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.hibernate.CipherfieldService;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.testing.ForeignFormat;
import io.cipherfield.hibernate.testing.TestDatabase;
import io.cipherfield.legacy.LegacyReaders;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;

class HeaderSampleTest {

    private static final int ROWS_OF_EACH_END = 1_000;

    @Entity(name = "Picture")
    static class Picture {
        @Id
        Long id;

        @Encrypted(legacy = "owner")
        byte[] content;
    }

    /** Whole pictures by the thousand would not fit into memory, and drivers hold all rows of a query that has no fetch size. */
    @Test
    void whole_values_are_fetched_a_few_rows_at_a_time() throws SQLException {
        TestDatabase.Fresh database = TestDatabase.H2.fresh();
        Configuration settings = new Configuration().addAnnotatedClass(Picture.class);
        settings.getProperties().putAll(database.settings());
        settings.getProperties()
                .put(
                        CipherfieldService.CONFIGURATION,
                        CipherfieldConfiguration.of(Keyring.of(CipherKey.parse("a1".repeat(31) + "00"))));
        settings.getProperties().put(CipherfieldService.LEGACY_READERS, LegacyReaders.of(ForeignFormat.OWNER));
        try (SessionFactory factory = settings.buildSessionFactory();
                Connection connection = database.connect()) {
            List<EncryptedColumn> columns = EncryptedColumns.of(factory.unwrap(SessionFactoryImplementor.class))
                    .all();
            List<Integer> fetchSizes = new ArrayList<>();
            Connection noting = noting(connection, fetchSizes);
            HeaderSample.take(noting, DatabaseKind.H2, columns, ROWS_OF_EACH_END, 10);
            HeaderSample.takeOfEach(noting, DatabaseKind.H2, List.of(columns), ROWS_OF_EACH_END, 10);
            assertThat(fetchSizes)
                    .hasSize(2)
                    .allSatisfy(size -> assertThat(size).isBetween(1, 50));
        }
    }

    /** Notes the fetch size of each query. */
    private static Connection noting(Connection connection, List<Integer> fetchSizes) {
        return (Connection) proxy(Connection.class, connection, (method, made) -> {
            return made instanceof Statement statement
                    ? proxy(Statement.class, statement, (called, result) -> {
                        if (called.equals("executeQuery")) {
                            fetchSizes.add(statement.getFetchSize());
                        }
                        return result;
                    })
                    : made;
        });
    }

    private interface Noting {
        Object after(String method, Object result) throws SQLException;
    }

    private static Object proxy(Class<?> type, Object target, Noting noting) {
        return Proxy.newProxyInstance(
                HeaderSampleTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return noting.after(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
