/**
 * Keys, the ciphertext format and its encryptor, without Hibernate, without Spring and without required dependencies.
 *
 * <p>The promise: what format 1 wrote, every later release reads. {@code docs/format.md} specifies it.
 */
@NullMarked
package io.cipherfield;

import org.jspecify.annotations.NullMarked;
