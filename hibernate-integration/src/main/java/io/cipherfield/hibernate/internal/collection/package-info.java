/** Collections whose rows are found by encrypted values: a change of theirs reaches each row, whatever key it was written under. */
@org.jspecify.annotations.NullMarked
package io.cipherfield.hibernate.internal.collection;
