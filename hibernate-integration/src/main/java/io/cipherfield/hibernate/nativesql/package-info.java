/** What native queries and stored procedures need: their parameters and results are not encrypted and decrypted by themselves. */
@NullMarked
package io.cipherfield.hibernate.nativesql;

import org.jspecify.annotations.NullMarked;
