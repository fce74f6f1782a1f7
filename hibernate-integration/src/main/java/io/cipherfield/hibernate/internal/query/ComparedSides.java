package io.cipherfield.hibernate.internal.query;

import io.cipherfield.hibernate.EncryptedAttribute;
import java.util.List;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be compared for equality: columns that are encrypted alike, and such a column with a value that is encrypted for
 * it, in all the forms that rows may hold it in.
 */
final class ComparedSides {

    private ComparedSides() {}

    /** @param complete whether the comparison names each form of the values in it */
    static void check(Expression left, Expression right, String place, boolean complete) {
        for (List<Expression> leftRow : Side.rows(left)) {
            for (List<Expression> rightRow : Side.rows(right)) {
                rows(leftRow, rightRow, place, complete);
            }
        }
    }

    private static void rows(List<Expression> left, List<Expression> right, String place, boolean complete) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            Side one = i < left.size() ? Side.of(left.get(i)) : new Side(Side.Kind.OTHER, null);
            Side other = i < right.size() ? Side.of(right.get(i)) : new Side(Side.Kind.OTHER, null);
            if (one.isColumn()) {
                sides(one, other, place, complete);
            } else {
                sides(other, one, place, complete);
            }
        }
    }

    private static void sides(Side one, Side other, String place, boolean complete) {
        EncryptedAttribute attribute = one.attribute();
        EncryptedAttribute otherAttribute = other.attribute();
        if (attribute == null || !one.isColumn()) {
            // A parameter that is encrypted for another place of the statement
            EncryptedAttribute either = attribute != null ? attribute : otherAttribute;
            if (either != null) {
                ExpressionGuard.require(either, Use.EQUALITY, place);
                if (one.kind() != other.kind() || !isAlike(attribute, otherAttribute)) {
                    throw Refusal.notEncryptedAlike(either, place);
                }
            }
            return;
        }
        ExpressionGuard.require(attribute, Use.EQUALITY, place);
        if (other.kind() == Side.Kind.NULL) {
            return;
        }
        if (otherAttribute == null) {
            throw Refusal.notEncryptedAlike(attribute, place);
        }
        if (!Encryption.sameStoredForm(attribute, otherAttribute)) {
            throw Refusal.otherEncryption(attribute, otherAttribute, place);
        }
        if (other.isColumn()) {
            ExpressionGuard.requireOneForm(attribute, Use.EQUALITY, place);
            ExpressionGuard.requireOneForm(otherAttribute, Use.EQUALITY, place);
        } else if (!attribute.unsearchableLegacyReaders().isEmpty()) {
            throw Refusal.unsearchableLegacy(attribute, place);
        } else if (attribute.plaintextInherited()) {
            throw Refusal.inheritedPlaintext(attribute, place);
        } else if (attribute.forms() > 1 && !complete) {
            throw Refusal.oneFormOnly(attribute, place);
        }
    }

    private static boolean isAlike(@Nullable EncryptedAttribute one, @Nullable EncryptedAttribute other) {
        return one != null && other != null && Encryption.sameStoredForm(one, other);
    }
}
