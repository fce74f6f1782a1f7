/**
 * The recovery kit: reads an export of a database on the command line, without the application. Its arguments are parsed by
 * hand, since the core has no dependencies.
 */
@NullMarked
package io.cipherfield.internal.cli;

import org.jspecify.annotations.NullMarked;
