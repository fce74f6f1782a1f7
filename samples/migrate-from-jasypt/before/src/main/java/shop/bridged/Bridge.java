package shop.bridged;

import io.cipherfield.Keyring;
import io.cipherfield.SettingSource;
import io.cipherfield.samples.migrate.bridge.BridgeByteEncryptor;
import io.cipherfield.samples.migrate.bridge.BridgeEncryptor;
import java.math.BigDecimal;
import java.util.Calendar;
import java.util.Date;
import org.jasypt.encryption.pbe.PBEByteEncryptor;
import org.jasypt.encryption.pbe.PBEStringEncryptor;
import org.jasypt.hibernate5.encryptor.HibernatePBEByteEncryptor;
import org.jasypt.hibernate5.encryptor.HibernatePBEStringEncryptor;

/** Registers an encryptor for each attribute that reads what the new version writes. */
final class Bridge {

    private final Keyring keyring = Keyring.from(SettingSource.environment());
    private final PBEStringEncryptor strings;

    // begin
    Bridge(PBEStringEncryptor strings, PBEByteEncryptor bytes) {
        this.strings = strings;
        register("Customer.email", String.class);
        register("Customer.discount", Integer.class);
        register("Customer.newsletter", Boolean.class);
        register("Customer.born", Date.class);
        register("Customer.appointment", Calendar.class);
        register("Customer.balance", BigDecimal.class);

        HibernatePBEByteEncryptor contract = new HibernatePBEByteEncryptor();
        contract.setRegisteredName("Customer.contract");
        contract.setEncryptor(new BridgeByteEncryptor(bytes, keyring, "Customer.contract"));
    }

    private void register(String attribute, Class<?> type) {
        HibernatePBEStringEncryptor encryptor = new HibernatePBEStringEncryptor();
        encryptor.setRegisteredName(attribute);
        encryptor.setEncryptor(new BridgeEncryptor(strings, keyring, attribute, type));
    }
    // end
}
