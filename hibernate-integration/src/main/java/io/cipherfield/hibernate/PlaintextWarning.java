package io.cipherfield.hibernate;

import io.cipherfield.PlaintextPolicy;
import io.cipherfield.Setting;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Says at each start which attributes are written in clear, and which are not though the setting asks for it: those whose values have no place in a
 * plain column of the same kind stay encrypted, since there is nothing else that an older version of the application could read.
 */
final class PlaintextWarning {

    private static final Logger LOG = Logger.getLogger(PlaintextWarning.class);

    private PlaintextWarning() {}

    static void log(List<MappedAttribute> attributes, CipherfieldService service) {
        String inClear = names(attributes, EncryptedAttribute::plaintextWritten);
        boolean everywhere = service.configuration().plaintext() == PlaintextPolicy.PREPARE;
        if (!inClear.isEmpty()) {
            LOG.warnf(
                    "plaintext=prepare: WRITTEN IN CLEAR, and read in clear or encrypted: %s. Whoever can read the database, its logs and"
                            + " its backups reads these values, and whoever can write to it can put values there that no key vouches for."
                            + " Go on when no instance is left that cannot read ciphertext: to encrypt, set %s=allow%s and run the"
                            + " re-encryption job; to leave, run the job decrypt-all. See docs/plaintext.md.",
                    inClear,
                    Setting.PLAINTEXT.property(),
                    everywhere ? "" : " and take plaintext = PREPARE from the attributes");
        }
        String encrypted = everywhere ? names(attributes, attribute -> !attribute.plaintextWritten()) : "";
        if (!encrypted.isEmpty()) {
            LOG.warnf(
                    "%s=prepare: STILL WRITTEN ENCRYPTED, since a plain column of their type has another kind, since a legacy reader"
                            + " owns what is not ciphertext, or since they say plaintext = REFUSE or ALLOW: %s. An older version of the application cannot read these values.",
                    Setting.PLAINTEXT.property(), encrypted);
        }
    }

    private static String names(List<MappedAttribute> attributes, Predicate<EncryptedAttribute> which) {
        TreeSet<String> names = new TreeSet<>();
        attributes.stream()
                .map(MappedAttribute::attribute)
                .filter(which)
                .forEach(attribute -> names.add(attribute.options().attribute()));
        return String.join(", ", names);
    }
}
