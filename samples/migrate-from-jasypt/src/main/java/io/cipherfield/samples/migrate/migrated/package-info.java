/** The entity once no such value is left. */
@NullMarked
package io.cipherfield.samples.migrate.migrated;

import org.jspecify.annotations.NullMarked;
