/** Entities loaded, found, inserted and flushed by Hibernate: encrypted, in clear and by peers, in one run. */
@NullMarked
package io.cipherfield.benchmarks.orm;

import org.jspecify.annotations.NullMarked;
