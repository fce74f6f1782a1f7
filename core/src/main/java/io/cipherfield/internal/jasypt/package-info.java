/** What touches Jasypt's own classes, which are there only if the application brings them; internal. */
@NullMarked
package io.cipherfield.internal.jasypt;

import org.jspecify.annotations.NullMarked;
