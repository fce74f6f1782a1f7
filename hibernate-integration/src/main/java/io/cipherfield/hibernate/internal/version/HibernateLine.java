package io.cipherfield.hibernate.internal.version;

import io.cipherfield.ConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Version;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the Hibernate that runs is one that Cipherfield is made for. What keeps queries from storing plaintext uses
 * Hibernate's internals, which may change with each minor version.
 */
public final class HibernateLine {

    private static final Logger LOG = Logger.getLogger(HibernateLine.class);
    private static final Pattern LINE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\D.*)?");
    private static final String SUPPORTED = "Cipherfield supports 6.6 and 7.1 to 7.4";

    private HibernateLine() {}

    /** @throws ConfigurationException if the running version cannot work */
    public static void check() {
        String warning = warning(Version.getVersionString());
        if (warning != null) {
            LOG.warn(warning);
        }
    }

    /**
     * @return null for a supported version
     * @throws ConfigurationException if the version is older or of a later major line
     */
    static @Nullable String warning(String version) {
        Matcher line = LINE.matcher(version);
        if (!line.matches()) {
            return warning(version, "is of an unknown line");
        }
        int major = Integer.parseInt(line.group(1));
        int minor = Integer.parseInt(line.group(2));
        if (major < 6 || (major == 6 && minor < 6) || major > 7) {
            throw new ConfigurationException(
                    "This is Hibernate " + version + ", and " + SUPPORTED + ".",
                    "Use one of these versions of Hibernate, or a version of Cipherfield that supports this one.");
        }
        boolean supported = major == 6 ? minor == 6 : minor >= 1 && minor <= 4;
        return supported ? null : warning(version, "was not tested");
    }

    private static String warning(String version, String why) {
        return "Hibernate " + version + " " + why + " with this version of Cipherfield: " + SUPPORTED
                + ". Statements that"
                + " it executes in a new way may be refused. Use a supported version, or look for a newer Cipherfield.";
    }
}
