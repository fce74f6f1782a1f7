package io.cipherfield.benchmarks.rotation;

import io.cipherfield.benchmarks.database.Database;
import java.util.SplittableRandom;

/** Fills the table: the first rows by Hibernate, the others as copies of them by the server. */
final class Accounts {

    private static final int DIFFERENT = 10_000;
    private static final int SECRET_IN_CHARS = 32;

    private Accounts() {}

    static void fill(Database database, Rings rings, int rows) {
        SplittableRandom random = new SplittableRandom(1);
        rings.factory().inTransaction(session -> {
            for (int i = 1; i <= DIFFERENT; i++) {
                EncryptedAccount account = rings.newAccount();
                account.id = i;
                account.secret(secret(random));
                session.persist(account);
            }
        });
        database.execute("insert into " + Account.TABLE + " (id, visits, secret) select n, n, secret from "
                + String.format(database.rowNumbers(), rows) + " join " + Account.TABLE + " on id = 1 + mod(n, "
                + DIFFERENT + ") where n > " + DIFFERENT);
        database.settle(Account.TABLE);
    }

    private static String secret(SplittableRandom random) {
        StringBuilder secret = new StringBuilder(SECRET_IN_CHARS);
        for (int i = 0; i < SECRET_IN_CHARS; i++) {
            secret.append((char) random.nextInt('a', 'z' + 1));
        }
        return secret.toString();
    }
}
