package io.cipherfield.samples.migrate.migrated;

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

@Entity
public class Customer implements StoredCustomer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;

    @Encrypted
    private @Nullable String email;

    @Encrypted(storage = TEXT)
    private @Nullable Integer discount;

    @Encrypted(storage = TEXT)
    private @Nullable Boolean newsletter;

    @Encrypted(storage = TEXT)
    private @Nullable Date born;

    @Encrypted(storage = TEXT)
    private @Nullable Calendar appointment;

    @Encrypted(storage = TEXT)
    private @Nullable BigDecimal balance;

    @Encrypted
    private byte @Nullable [] contract;

    @Encrypted
    @Column(name = "credit_limit_encrypted", precision = 20, scale = 2)
    private @Nullable BigDecimal creditLimit;

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
