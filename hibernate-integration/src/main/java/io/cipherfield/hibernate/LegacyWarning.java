package io.cipherfield.hibernate;

import io.cipherfield.PlaintextPolicy;
import io.cipherfield.Setting;
import io.cipherfield.legacy.LegacyReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Says at each start which attributes read values of other systems, by whom, and what that gives to someone who can write to the database. */
final class LegacyWarning {

    private static final Logger LOG = Logger.getLogger(LegacyWarning.class);

    private LegacyWarning() {}

    static void log(List<MappedAttribute> attributes, CipherfieldService service) {
        Set<String> read = new TreeSet<>();
        Set<String> owned = new TreeSet<>();
        boolean authenticated = true;
        for (MappedAttribute mapped : attributes) {
            String name = mapped.attribute().options().attribute();
            for (LegacyReader reader : mapped.attribute().legacyReaders()) {
                read.add(name + " by " + reader.name() + (reader.authenticated() ? "" : " (not authenticated)"));
                authenticated &= reader.authenticated();
                if (reader.claim() == LegacyReader.Claim.EVERYTHING) {
                    owned.add(name);
                }
            }
        }
        if (!read.isEmpty()) {
            LOG.warnf(
                    "Values of other systems are read: %s. These are bound to no attribute, so whoever can write to the database can copy them from"
                            + " one to another%s. Run the re-encryption job, and when its census finds none of them, take the readers out of"
                            + " @Encrypted(legacy = \u2026).",
                    String.join(", ", read),
                    authenticated
                            ? ""
                            : "; and a format that is not authenticated lets them change a value, or put one together, without"
                                    + " knowing the password");
        }
        PlaintextPolicy policy = service.configuration().plaintext();
        if (!owned.isEmpty() && policy != PlaintextPolicy.REFUSE) {
            LOG.warnf(
                    "%s=%s does not apply to %s: a legacy reader owns what is not ciphertext there, so that none of it is taken for"
                            + " plaintext.",
                    Setting.PLAINTEXT.property(), policy.name().toLowerCase(Locale.ROOT), String.join(", ", owned));
        }
    }
}
