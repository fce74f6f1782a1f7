/**
 * Cipherfield in a Spring Boot application: the keys come from Spring's environment, errors at start are explained, and {@code
 * --cipherfield.job} re-encrypts, verifies or counts without serving.
 */
@NullMarked
package io.cipherfield.spring;

import org.jspecify.annotations.NullMarked;
