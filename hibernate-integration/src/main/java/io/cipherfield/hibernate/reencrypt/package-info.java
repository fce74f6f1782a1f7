/**
 * Mass re-encryption: brings every stored value of a persistence unit to the key that encrypts, while the application runs.
 * {@link io.cipherfield.hibernate.reencrypt.Reencryption} is where it starts.
 */
@NullMarked
package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.NullMarked;
