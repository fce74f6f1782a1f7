package io.cipherfield.hibernate.internal.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.CipherfieldConfiguration;
import io.cipherfield.MixedKeysPolicy;
import io.cipherfield.PlaintextPolicy;
import io.cipherfield.hibernate.EncryptedAttributeException;
import io.cipherfield.hibernate.testing.TestDatabase;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** The same with rows under an older key and rows in clear, while {@code plaintext=prepare} is on. */
class RingInClearTest extends RotatingRingTest {

    @Override
    CipherfieldConfiguration rotating() {
        return super.rotating().withPlaintext(PlaintextPolicy.PREPARE);
    }

    /** Not even where mixed keys are allowed. */
    @Override
    void columns_are_compared_only_if_mixed_keys_are_allowed(String statement) {
        try (SessionFactory allowing = Rings.start(
                TestDatabase.H2.fresh(), rotating().withMixedKeys(MixedKeysPolicy.ALLOW), Map.of(), ENTITIES)) {
            assertThatThrownBy(() -> allowing.inTransaction(session ->
                            session.createQuery(statement, Object[].class).getResultList()))
                    .isInstanceOf(EncryptedAttributeException.class)
                    .hasMessageContaining("stored in clear in one row");
        }
    }

    @Test
    void columns_are_not_compared() {
        columns_are_compared_only_if_mixed_keys_are_allowed(
                "select g.id, h.id from Guest g join Guest h on g.tax = h.tax");
    }
}
