package io.cipherfield.hibernate.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import org.hibernate.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HibernateLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"6.6.0.Final", "6.6.53.Final", "7.1.0.Final", "7.2.24.Final", "7.3.0.CR1", "7.4.1.Final", "7.4"})
    void a_supported_line_is_silent(String version) {
        assertThat(HibernateLine.warning(version)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7.5.0.Final", "7.5.0-SNAPSHOT", "7.10.0.Final", "7.40.1.Final", "7.0.3.Final", "6.7.0.Final"})
    void another_line_of_the_same_major_version_is_warned_of(String version) {
        assertThat(HibernateLine.warning(version))
                .contains("Hibernate " + version + " was not tested")
                .contains("6.6 and 7.1 to 7.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[WORKING]", "", "7", "7.x", "99999999999.1"})
    void a_version_that_cannot_be_read_is_warned_of(String version) {
        assertThat(HibernateLine.warning(version))
                .contains("Hibernate " + version + " is of an unknown line")
                .contains("6.6 and 7.1 to 7.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3.6.10.Final", "5.6.15.Final", "6.0.0.Final", "6.5.3.Final", "8.0.0.Beta1", "10.1.0.Final"})
    void an_older_line_or_a_later_major_version_is_refused(String version) {
        assertThatThrownBy(() -> HibernateLine.warning(version))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Hibernate " + version + ", and Cipherfield supports 6.6 and 7.1 to 7.4")
                .hasMessageContaining("Use one of these versions");
    }

    @Test
    void the_version_that_runs_is_supported() {
        assertThat(HibernateLine.warning(Version.getVersionString())).isNull();
    }
}
