package io.cipherfield.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cipherfield.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class JobTest {

    @ParameterizedTest
    @CsvSource({
        "reencrypt, REENCRYPT",
        "verify, VERIFY",
        "census, CENSUS",
        "dry-run, DRY_RUN",
        "decrypt-all, DECRYPT_ALL",
        "rebind, REBIND",
        "rebind-dry-run, REBIND_DRY_RUN",
        "copy, COPY",
        "copy-dry-run, COPY_DRY_RUN"
    })
    void a_job_is_found_by_its_name(String name, Job job) {
        assertThat(Job.of(asking(name))).isEqualTo(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypt", "reencrypt,verify", "REENCRYPT", "dry_run"})
    void an_unknown_job_is_refused_with_those_that_there_are(String name) {
        assertThatThrownBy(() -> Job.of(asking(name)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "There is no job \"" + name + "\". Set cipherfield.job to one of reencrypt, verify, census,"
                                + " dry-run, decrypt-all, rebind, rebind-dry-run, copy, copy-dry-run, or leave it out to start the application.");
    }

    @Test
    void an_empty_job_is_asked_for_and_refused() {
        assertThat(Job.isAskedFor(asking(""))).isTrue();
        assertThatThrownBy(() -> Job.of(asking("")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("cipherfield.job is set, but empty.");
    }

    @Test
    void without_the_property_no_job_is_asked_for() {
        assertThat(Job.isAskedFor(new StandardEnvironment())).isFalse();
    }

    private static Environment asking(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(Job.PROPERTY, name)));
        return environment;
    }
}
