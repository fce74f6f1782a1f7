@NullMarked
package io.cipherfield.hibernate.internal.journal;

import org.jspecify.annotations.NullMarked;
