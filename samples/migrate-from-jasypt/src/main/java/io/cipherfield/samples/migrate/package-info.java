/** An application whose database jasypt-hibernate has written, on its way to Cipherfield. */
@NullMarked
package io.cipherfield.samples.migrate;

import org.jspecify.annotations.NullMarked;
