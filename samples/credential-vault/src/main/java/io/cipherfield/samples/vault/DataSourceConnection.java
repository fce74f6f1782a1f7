package io.cipherfield.samples.vault;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The name stays readable, to be searched and sorted by. The URL does not: drivers take passwords in it, too. */
@Entity
class DataSourceConnection {

    static final int SHORT = 255;
    static final int LONG = 2_000;

    @Id
    @GeneratedValue
    private @Nullable Long id;

    @Column(unique = true, nullable = false, length = SHORT)
    private String name;

    @Encrypted
    @Column(nullable = false, length = LONG)
    private String url;

    @Encrypted
    @Column(length = SHORT)
    private @Nullable String userName;

    @Encrypted
    @Column(length = SHORT)
    private @Nullable String password;

    @Encrypted
    @Column(length = LONG)
    private @Nullable String oauthToken;

    @Encrypted
    @Column(length = SHORT)
    private @Nullable String apiKey;

    @Encrypted
    private @Nullable LocalDate expires;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected DataSourceConnection() {}

    DataSourceConnection(Credentials credentials) {
        name = credentials.name();
        url = credentials.url();
        userName = credentials.user();
        password = credentials.password();
        oauthToken = credentials.oauthToken();
        apiKey = credentials.apiKey();
        expires = credentials.expires();
    }

    void changePassword(String newPassword) {
        password = newPassword;
    }

    String name() {
        return name;
    }

    Credentials credentials() {
        return new Credentials(name, url, userName, password, oauthToken, apiKey, expires);
    }

    ConnectionSummary summary() {
        return new ConnectionSummary(id, name, expires);
    }
}
