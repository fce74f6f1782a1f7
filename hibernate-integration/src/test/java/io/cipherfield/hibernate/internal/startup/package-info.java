@NullMarked
package io.cipherfield.hibernate.internal.startup;

import org.jspecify.annotations.NullMarked;
