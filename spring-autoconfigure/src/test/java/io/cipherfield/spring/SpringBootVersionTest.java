package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

class SpringBootVersionTest {

    @Test
    void runsOnASupportedLine() {
        assertThat(SpringBootVersion.getVersion()).matches("(3\\.5|4\\.[01])\\..*");
    }

    @Test
    void runsOnTheLineThatTheBuildMeant() {
        // Absent in an IDE, which does not read the build's system properties.
        String expected = System.getProperty("cipherfield.expected.spring-boot", "");
        assertThat(SpringBootVersion.getVersion()).startsWith(expected);
    }
}
