/** A Spring Boot application that keeps data source connections; only their names are stored in clear. */
@NullMarked
package io.cipherfield.samples.vault;

import org.jspecify.annotations.NullMarked;
