/** What a column holds. */
@NullMarked
package io.cipherfield.hibernate.internal.stored;

import org.jspecify.annotations.NullMarked;
