package io.cipherfield.benchmarks;

import io.cipherfield.benchmarks.orm.OrmReport;
import io.cipherfield.benchmarks.rotation.RotationReport;
import io.cipherfield.benchmarks.value.ValueReport;
import java.util.List;

/** {@code java -jar benchmarks/target/benchmarks.jar value|orm|rotation} prints the tables that docs/performance.md shows. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("value")) {
            ValueReport.print(System.out);
            return;
        }
        if (args.length > 0 && args[0].equals("orm")) {
            OrmReport.print(System.out, List.of(args).subList(1, args.length));
            return;
        }
        if (args.length > 0 && args[0].equals("rotation")) {
            RotationReport.print(System.out, List.of(args).subList(1, args.length));
            // The threads that watch MariaDB's server would wait for ever.
            System.exit(0);
        }
        System.err.println("""
                Usage: java -jar benchmarks.jar value
                           one value encrypted and decrypted, beside its peers
                       java -jar benchmarks.jar orm [h2] [postgresql] [insert] [load] [find] [flush] [bootstrap] [start]
                           entities of Hibernate, beside the same in clear and peers; PostgreSQL only if built with -Ppostgresql-server
                       java -jar benchmarks.jar rotation [postgresql] [mariadb] [text] [binary] [<rows>…]
                           mass re-encryption beside the server's own update and a Hibernate job; needs -Ppostgresql-server or -Pmariadb-server""");
        System.exit(64);
    }
}
