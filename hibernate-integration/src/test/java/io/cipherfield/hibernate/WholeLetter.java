package io.cipherfield.hibernate;

import jakarta.persistence.Entity;

/** An update sends all that was loaded. */
@Entity(name = "Whole")
class WholeLetter extends LetterFields {}
