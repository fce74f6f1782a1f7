package io.cipherfield.hibernate.internal.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.hibernate.Version;
import org.junit.jupiter.api.Test;

class HibernateVersionTest {

    @Test
    void runsOnASupportedLine() {
        assertThat(Version.getVersionString()).matches("(6\\.6|7\\.[1-4])\\..*");
    }

    @Test
    void runsOnTheLineThatTheBuildMeant() {
        // Absent in an IDE, which does not read the build's system properties.
        String expected = System.getProperty("cipherfield.expected.hibernate", "");
        assertThat(Version.getVersionString()).startsWith(expected);
    }
}
