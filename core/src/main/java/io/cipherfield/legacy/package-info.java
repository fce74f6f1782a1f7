/**
 * Values that other systems encrypted: readers, one a format, which are chosen by name with {@code @Encrypted(legacy = "name")}. They only
 * read; what is written is format 1.
 */
@NullMarked
package io.cipherfield.legacy;

import org.jspecify.annotations.NullMarked;
