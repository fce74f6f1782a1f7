/**
 * What a run of the mass re-encryption keeps in the database: who runs it, how far each range of rows is, which values
 * failed. Every moment in it is of the database's clock; no clock of a JVM decides anything.
 *
 * <p>It holds no plaintext of an encrypted column, no stored ciphertext and no key material. Of keys it holds ids; of rows, the
 * primary keys, as the bounds of ranges, as what was reached, and as the addresses of values that failed: without them no run
 * could go on where another ended. What was reached by a key with an encrypted column is encrypted. Who keeps personal data in primary keys finds it here too.
 */
@NullMarked
package io.cipherfield.hibernate.internal.journal;

import org.jspecify.annotations.NullMarked;
