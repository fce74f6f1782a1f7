package io.cipherfield.benchmarks.rotation;

import io.cipherfield.benchmarks.database.Database;
import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.Storage;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;

/** A table of three encrypted columns, each a copy of the rotated one: a census looks at headers, which say nothing of columns. */
final class ThreeColumns {

    static final String TABLE = "account_of_three";

    private ThreeColumns() {}

    @MappedSuperclass
    abstract static class OfThree {
        @Id
        long id;
    }

    @Entity
    @Table(name = TABLE)
    static class OfThreeTexts extends OfThree {
        @Encrypted(storage = Storage.TEXT)
        String a = "";

        @Encrypted(storage = Storage.TEXT)
        String b = "";

        @Encrypted(storage = Storage.TEXT)
        String c = "";
    }

    @Entity
    @Table(name = TABLE)
    static class OfThreeBinaries extends OfThree {
        @Encrypted(storage = Storage.BINARY)
        String a = "";

        @Encrypted(storage = Storage.BINARY)
        String b = "";

        @Encrypted(storage = Storage.BINARY)
        String c = "";
    }

    static Class<?> entity(Storage storage) {
        return storage == Storage.TEXT ? OfThreeTexts.class : OfThreeBinaries.class;
    }

    static void fill(Database database) {
        database.execute(
                "insert into " + TABLE + " (id, a, b, c) select id, secret, secret, secret from " + Account.TABLE);
        database.settle(TABLE);
    }
}
