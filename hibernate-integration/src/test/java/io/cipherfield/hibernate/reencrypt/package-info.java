@NullMarked
package io.cipherfield.hibernate.reencrypt;

import org.jspecify.annotations.NullMarked;
