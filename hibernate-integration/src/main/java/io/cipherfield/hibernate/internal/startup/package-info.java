/** What is done when a persistence unit starts: the catalogue is made, and keys are checked against the database. */
@NullMarked
package io.cipherfield.hibernate.internal.startup;

import org.jspecify.annotations.NullMarked;
