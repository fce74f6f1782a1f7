package io.cipherfield.samples.vault;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A connection as a client stores it and gets it back. */
record Credentials(
        @NotBlank @Size(max = DataSourceConnection.SHORT) String name,
        @NotBlank @Size(max = DataSourceConnection.LONG) String url,
        @Nullable @Size(max = DataSourceConnection.SHORT) String user,
        @Nullable @Size(max = DataSourceConnection.SHORT) String password,
        @Nullable @Size(max = DataSourceConnection.LONG) String oauthToken,
        @Nullable @Size(max = DataSourceConnection.SHORT) String apiKey,
        @Nullable LocalDate expires) {

    private static final String MASK = "********";

    /** Tells which secrets there are, and none of them. */
    Credentials masked() {
        return new Credentials(name, MASK, user, mask(password), mask(oauthToken), mask(apiKey), expires);
    }

    private static @Nullable String mask(@Nullable String secret) {
        return secret == null ? null : MASK;
    }

    /** A record would print everything, and Spring prints requests when it logs in detail. */
    @Override
    public String toString() {
        return "Credentials[" + name + "]";
    }
}
