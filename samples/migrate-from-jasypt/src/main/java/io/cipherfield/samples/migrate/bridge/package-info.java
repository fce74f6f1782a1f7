/** For the application as it was, on Hibernate 5, where both versions run at once. */
@NullMarked
package io.cipherfield.samples.migrate.bridge;

import org.jspecify.annotations.NullMarked;
