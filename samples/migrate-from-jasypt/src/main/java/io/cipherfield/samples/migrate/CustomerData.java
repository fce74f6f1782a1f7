package io.cipherfield.samples.migrate;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** What is known of a customer, whoever stored it. */
public record CustomerData(
        String name,
        @Nullable String email,
        @Nullable Integer discount,
        @Nullable Boolean newsletter,
        @Nullable Instant born,
        @Nullable ZonedDateTime appointment,
        @Nullable BigDecimal balance,
        @Nullable String contract,
        @Nullable BigDecimal creditLimit) {}
