/**
 * What differs between the supported lines of Hibernate: one jar, compiled against 6.6, runs on all of them. A new line starts
 * here, with the tests named {@code HibernateStill…}.
 *
 * <p>Elsewhere for a reason: {@code SealingConverter} is what either line wants of a converter, {@code GuardedStrategy} and
 * {@code GuardedHandler} are proxies for strategies that execute by themselves on 6.6 and return what executes on 7, and
 * {@code AnnotatedMember} takes an attribute's name as either line writes it.
 */
@NullMarked
package io.cipherfield.hibernate.internal.version;

import org.jspecify.annotations.NullMarked;
