@NullMarked
package io.cipherfield.hibernate.leaks;

import org.jspecify.annotations.NullMarked;
