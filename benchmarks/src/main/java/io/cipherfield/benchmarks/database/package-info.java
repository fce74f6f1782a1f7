/** The servers that are measured. */
@NullMarked
package io.cipherfield.benchmarks.database;

import org.jspecify.annotations.NullMarked;
