package io.cipherfield.hibernate.reencrypt;

import io.cipherfield.hibernate.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.mockito.Mockito;

/** Connections that are lost at the commit of a page, before or after the database did it. */
final class FlakyDataSource {

    enum Lost {
        BEFORE_THE_COMMIT,
        BEHIND_THE_COMMIT
    }

    private final TestDatabase.Fresh database;
    private final Lost lost;
    private final int every;
    private final int only;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    /** @param every so many pages one is lost */
    FlakyDataSource(TestDatabase.Fresh database, Lost lost, int every) {
        this(database, lost, every, 0);
    }

    private FlakyDataSource(TestDatabase.Fresh database, Lost lost, int every, int only) {
        this.database = database;
        this.lost = lost;
        this.every = every;
        this.only = only;
    }

    /** One of the connections is lost at its first page, and no other is given from then on. */
    static FlakyDataSource losing(TestDatabase.Fresh database, Lost lost, int connection) {
        return new FlakyDataSource(database, lost, 1, connection);
    }

    int refusals() {
        return refusals.get();
    }

    int losses() {
        return losses.get();
    }

    DataSource dataSource() throws SQLException {
        DataSource source = Mockito.mock(DataSource.class);
        Mockito.when(source.getConnection()).thenAnswer(call -> {
            if (only > 0 && losses.get() > 0) {
                refusals.incrementAndGet();
                throw new SQLException("refused", "08001");
            }
            return flaky(database.connect(), opened.incrementAndGet());
        });
        return source;
    }

    private Connection flaky(Connection real, int number) {
        AtomicBoolean page = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && arguments[0].toString().contains("reached_key = ?")) {
                        page.set(true);
                    }
                    boolean loses = method.getName().equals("commit")
                            && page.getAndSet(false)
                            && (only == 0 || only == number)
                            && commits.incrementAndGet() % every == 0;
                    if (loses && lost == Lost.BEFORE_THE_COMMIT) {
                        throw broken(real);
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (loses) {
                            throw broken(real);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private SQLException broken(Connection real) throws SQLException {
        losses.incrementAndGet();
        if (lost == Lost.BEFORE_THE_COMMIT) {
            real.rollback();
        }
        real.close();
        return new SQLException("An I/O error occurred", "08006");
    }
}
