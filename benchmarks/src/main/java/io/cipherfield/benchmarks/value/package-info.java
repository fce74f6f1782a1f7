/** One value: this library's suites, and their peers, in one run. */
@NullMarked
package io.cipherfield.benchmarks.value;

import org.jspecify.annotations.NullMarked;
