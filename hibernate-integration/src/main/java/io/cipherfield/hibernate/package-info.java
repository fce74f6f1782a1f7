/**
 * {@code @Encrypted} and the Hibernate type behind it. A developer needs {@link io.cipherfield.hibernate.Encrypted} and a
 * key in the environment; all else is found by Hibernate's service loaders.
 */
@NullMarked
package io.cipherfield.hibernate;

import org.jspecify.annotations.NullMarked;
