/** Mass re-encryption beside what else could do it. */
@NullMarked
package io.cipherfield.benchmarks.rotation;

import org.jspecify.annotations.NullMarked;
