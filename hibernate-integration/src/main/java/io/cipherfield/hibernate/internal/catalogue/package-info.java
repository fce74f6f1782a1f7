/** Where encrypted values are stored: every encrypted column of a persistence unit, and how a database is asked about them. */
@NullMarked
package io.cipherfield.hibernate.internal.catalogue;

import org.jspecify.annotations.NullMarked;
