package io.cipherfield.samples.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRotationTest {

    @TempDir
    private Path folder;

    @Test
    void rows_are_rotated_while_they_are_being_changed_and_none_is_lost() throws Exception {
        try (VaultProcess rotation = VaultProcess.start(folder, Map.of(), "--live-rotation", "--rows=20000")) {
            assertThat(rotation.exitStatus()).as(rotation.output()).isZero();
            assertThat(rotation.output())
                    .contains("20,000 of 20,000 rows", "Everything held.")
                    .containsPattern("The writer changed [1-9]")
                    .doesNotContainPattern("\\b(FAILED|ERROR)\\b");
        }
    }
}
