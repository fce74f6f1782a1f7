package io.cipherfield.hibernate.internal.query;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.Keyring;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.Map;
import org.hibernate.SessionFactory;

/** The same with rows under an older key and rows in clear, while {@code plaintext=prepare} is on. */
class RingInClearTest extends RotatingRingTest {

    @Override
    SessionFactory rotating(TestDatabase.Fresh fresh) {
        return Rings.start(
                fresh,
                CipherfieldConfiguration.of(Keyring.of(Rings.NEW, Rings.OLD)).withPlaintext(PlaintextPolicy.PREPARE),
                Map.of("hibernate.hbm2ddl.auto", "none"),
                ENTITIES);
    }

    @Override
    String mixture() {
        return "stored in clear in one row";
    }
}
