/** Benchmarks whose figures are ratios to a peer in the same run. */
@NullMarked
package io.cipherfield.benchmarks;

import org.jspecify.annotations.NullMarked;
