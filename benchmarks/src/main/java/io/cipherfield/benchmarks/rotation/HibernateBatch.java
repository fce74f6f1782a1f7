package io.cipherfield.benchmarks.rotation;

import io.cipherfield.FieldEncryptor;
import java.util.List;

/** A rotation as people write it, with the ciphertext as an attribute: pages by id, a session's flush and commit for each. */
final class HibernateBatch {

    static final int MOST_ROWS = 200_000;
    private static final int PAGE = 1_000;

    private HibernateBatch() {}

    /** Encrypts the first rows anew under the key that they have, so that the next rotation finds all rows alike. */
    static long run(Rings rings, int rows) {
        FieldEncryptor encryptor = rings.encryptor();
        String query = "from " + rings.rawEntity().getSimpleName() + " where id > :last order by id";
        long last = 0;
        long done = 0;
        while (done < rows) {
            long after = last;
            List<? extends RawAccount> page = rings.rawFactory().fromTransaction(session -> {
                List<? extends RawAccount> accounts = session.createQuery(query, rings.rawEntity())
                        .setParameter("last", after)
                        .setMaxResults(PAGE)
                        .list();
                accounts.forEach(
                        account -> account.ciphertext(encryptor.encrypt(encryptor.decrypt(account.ciphertext()))));
                session.flush();
                session.clear();
                return accounts;
            });
            last = page.get(page.size() - 1).id;
            done += page.size();
        }
        return done;
    }
}
