@NullMarked
package io.cipherfield.hibernate.internal.catalogue;

import org.jspecify.annotations.NullMarked;
