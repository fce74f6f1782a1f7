/** The entity while values that Jasypt wrote are still read. */
@NullMarked
package io.cipherfield.samples.migrate.migrating;

import org.jspecify.annotations.NullMarked;
