package io.cipherfield.spring.plain;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** An entity without encrypted attributes. */
@Entity
public class Note {

    @Id
    @GeneratedValue
    private Long id;

    private String text;
}
