package io.cipherfield.samples.vault;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a list of connections shows. */
record ConnectionSummary(
        @Nullable Long id, String name, @Nullable LocalDate expires) {}
