package io.cipherfield.spring.refused;

import io.cipherfield.hibernate.Encrypted;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An identifier cannot be encrypted. */
@Entity
public class Account {

    @Id
    @Encrypted
    private String number;
}
