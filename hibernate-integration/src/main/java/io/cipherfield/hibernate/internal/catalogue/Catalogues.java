package io.cipherfield.hibernate.internal.catalogue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.service.Service;

/**
 * The catalogues of the SessionFactories of one service registry, usually of one. It lives and dies with the registry: nothing
 * is static, and factories in one JVM stay apart.
 */
public final class Catalogues implements Service {

    private static final long serialVersionUID = 1L;

    private final transient Map<SessionFactory, EncryptedColumns> byFactory = new ConcurrentHashMap<>();

    public void put(SessionFactory factory, EncryptedColumns columns) {
        byFactory.put(factory, columns);
    }

    public void remove(SessionFactory factory) {
        byFactory.remove(factory);
    }

    EncryptedColumns of(SessionFactory factory) {
        EncryptedColumns columns = byFactory.get(factory);
        if (columns == null) {
            throw new IllegalStateException(
                    "Cipherfield knows nothing of this EntityManagerFactory: Hibernate did not run Cipherfield's integrator when it"
                            + " started. Let Hibernate find it by the service loader.");
        }
        return columns;
    }
}
