@NullMarked
package io.cipherfield.hibernate.internal.version;

import org.jspecify.annotations.NullMarked;
