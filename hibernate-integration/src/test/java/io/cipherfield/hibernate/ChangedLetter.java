package io.cipherfield.hibernate;

import jakarta.persistence.Entity;
import org.hibernate.annotations.DynamicUpdate;

/** An update sends what has changed. */
@Entity(name = "Changed")
@DynamicUpdate
class ChangedLetter extends LetterFields {}
