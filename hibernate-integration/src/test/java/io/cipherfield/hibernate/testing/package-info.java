@NullMarked
package io.cipherfield.hibernate.testing;

import org.jspecify.annotations.NullMarked;
