/** Encrypted attributes with Hibernate alone. */
package io.cipherfield.samples.plain;
