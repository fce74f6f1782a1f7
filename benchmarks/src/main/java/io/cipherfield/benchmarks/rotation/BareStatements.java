package io.cipherfield.benchmarks.rotation;

import io.cipherfield.benchmarks.database.Database;
import io.cipherfield.hibernate.Storage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the job's statements for a page can do at most on PostgreSQL: read it, write it by compare-and-set from arrays, commit. Each value is written as it is, without
 * a cipher, a journal or another attempt.
 */
final class BareStatements {

    private static final int PAGE = 8_000;

    private final Database database;
    private final boolean text;
    private final String type;

    private BareStatements(Database database, Storage storage) {
        this.database = database;
        this.text = storage == Storage.TEXT;
        this.type = text ? "text" : "bytea";
    }

    static boolean areThoseOf(Database database) {
        return database.url().startsWith("jdbc:postgresql:");
    }

    static long run(Database database, Storage storage, int connections, int rows) {
        BareStatements statements = new BareStatements(database, storage);
        List<CompletableFuture<Long>> ranges = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            long after = (long) rows * i / connections;
            long last = (long) rows * (i + 1) / connections;
            ranges.add(CompletableFuture.supplyAsync(() -> statements.range(after, last)));
        }
        return ranges.stream().mapToLong(CompletableFuture::join).sum();
    }

    private long range(long after, long last) {
        String select =
                "select id, secret from " + Account.TABLE + " where id > ? and id <= ? order by id limit " + PAGE;
        String update = "update " + Account.TABLE + " t set secret = v.n from unnest(cast(? as bigint[]), cast(? as "
                + type + "[]), cast(? as " + type + "[])) v(k, o, n) where t.id = v.k and "
                + (text ? "cast(t.secret as text) collate \"C\"" : "t.secret") + " is not distinct from v.o";
        try (Connection connection = DriverManager.getConnection(database.url());
                PreparedStatement read = connection.prepareStatement(select);
                PreparedStatement write = connection.prepareStatement(update)) {
            connection.setAutoCommit(false);
            long at = after;
            long done = 0;
            while (at < last) {
                read.setLong(1, at);
                read.setLong(2, last);
                List<Long> keys = new ArrayList<>();
                List<Object> values = new ArrayList<>();
                try (ResultSet rows = read.executeQuery()) {
                    while (rows.next()) {
                        keys.add(rows.getLong(1));
                        values.add(text ? rows.getString(2) : rows.getBytes(2));
                    }
                }
                Object[] page = values.toArray(text ? new String[0] : new byte[0][]);
                write.setArray(1, connection.createArrayOf("bigint", keys.toArray(new Long[0])));
                write.setArray(2, connection.createArrayOf(type, page));
                write.setArray(3, connection.createArrayOf(type, page));
                done += write.executeUpdate();
                connection.commit();
                at = keys.get(keys.size() - 1);
            }
            return done;
        } catch (SQLException e) {
            throw new IllegalStateException("A page could not be read or written", e);
        }
    }
}
