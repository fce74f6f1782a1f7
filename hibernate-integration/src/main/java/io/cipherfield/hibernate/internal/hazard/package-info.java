/** What a table's updates do beside changing its columns, and what keeps a reader from seeing all of its rows: by the database's catalogue. */
@org.jspecify.annotations.NullMarked
package io.cipherfield.hibernate.internal.hazard;
