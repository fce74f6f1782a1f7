package io.cipherfield.samples.migrate.migrating;

import static io.cipherfield.hibernate.Storage.TEXT;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.samples.migrate.CustomerData;
import io.cipherfield.samples.migrate.StoredCustomer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import org.jspecify.annotations.Nullable;

// begin
@Entity
public class Customer implements StoredCustomer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;

    @Encrypted(legacy = "old")
    private @Nullable String email;

    @Encrypted(legacy = "old", storage = TEXT)
    private @Nullable Integer discount;

    @Encrypted(legacy = "old", storage = TEXT)
    private @Nullable Boolean newsletter;

    @Encrypted(legacy = "old", storage = TEXT)
    private @Nullable Date born;

    @Encrypted(legacy = "old", storage = TEXT)
    private @Nullable Calendar appointment;

    @Encrypted(legacy = "old", storage = TEXT)
    private @Nullable BigDecimal balance;

    @Encrypted(legacy = "old-binary")
    private byte @Nullable [] contract;
    // end

    // begin numbers
    @Column(name = "credit_limit", precision = 100, scale = 2)
    private @Nullable BigDecimal creditLimitOfJasypt;

    @Encrypted(legacy = "old-number")
    @Column(name = "credit_limit_encrypted", precision = 20, scale = 2)
    private @Nullable BigDecimal creditLimit;
    // end numbers

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Customer() {}

    @Override
    public CustomerData data() {
        return new CustomerData(
                name,
                email,
                discount,
                newsletter,
                born == null ? null : born.toInstant(),
                appointment instanceof GregorianCalendar calendar ? calendar.toZonedDateTime() : null,
                balance,
                contract == null ? null : new String(contract, StandardCharsets.UTF_8),
                creditLimit);
    }
}
