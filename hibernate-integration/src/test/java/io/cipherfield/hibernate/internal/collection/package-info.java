@NullMarked
package io.cipherfield.hibernate.internal.collection;

import org.jspecify.annotations.NullMarked;
