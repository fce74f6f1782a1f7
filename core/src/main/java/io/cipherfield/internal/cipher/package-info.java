/**
 * The cryptographic primitives and constructions: AES-SIV, XAES-256-GCM, HKDF, PBKDF2, HMAC. They know bytes only: no
 * keys by name, no format, no attributes. Only this package uses {@code javax.crypto}.
 */
@NullMarked
package io.cipherfield.internal.cipher;

import org.jspecify.annotations.NullMarked;
