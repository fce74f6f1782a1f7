package io.cipherfield.hibernate.testing;

import java.sql.SQLException;
import org.h2.tools.Server;

/** Lets other processes into the H2 databases of this JVM. */
final class H2Server {

    private H2Server() {}

    static String url(String inMemory) {
        return inMemory.replace("jdbc:h2:mem:", "jdbc:h2:tcp://localhost:" + Holder.SERVER.getPort() + "/mem:");
    }

    private static final class Holder {

        static final Server SERVER = start();

        private static Server start() {
            try {
                return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
            } catch (SQLException e) {
                throw new IllegalStateException("The H2 server did not start", e);
            }
        }
    }
}
