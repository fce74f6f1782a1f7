/**
 * Guards HQL and Criteria statements over encrypted attributes: what is written is encrypted, and what cannot be right is
 * refused before it reaches the database.
 */
@NullMarked
package io.cipherfield.hibernate.internal.query;

import org.jspecify.annotations.NullMarked;
