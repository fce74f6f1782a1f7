package io.cipherfield.samples.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    private Path folder;

    @Test
    void it_goes_all_the_way_whatever_the_environment_holds() throws Exception {
        Map<String, String> environment =
                Map.of("CIPHERFIELD_KEY", "not a key", "SPRING_DATASOURCE_URL", "jdbc:h2:file:./mine");
        MigrationProcess demo = MigrationProcess.run(folder, environment, "--demo");
        assertThat(demo.exitStatus()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("Nothing was written.", "the job refused to begin", "every row is as it was")
                .containsPattern("from legacy formats +2,?100")
                .contains("no value needs Jasypt", "Everything held.")
                .doesNotContainPattern("\\b(FAILED|WARN|ERROR)\\b");
        assertThat(folder).isDirectoryNotContaining("glob:**.db");
    }
}
