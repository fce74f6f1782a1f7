/**
 * How a Java value becomes the typed plaintext that is encrypted: {@code type byte ‖ value [‖ padding]}. Codes, widths and
 * encodings are part of format 1 and never change.
 */
@NullMarked
package io.cipherfield.value;

import org.jspecify.annotations.NullMarked;
