package io.cipherfield.hibernate.internal.query;

import java.util.List;
import org.hibernate.query.sqm.tree.select.SqmJpaCompoundSelection;
import org.hibernate.query.sqm.tree.select.SqmSelectClause;
import org.hibernate.query.sqm.tree.select.SqmSelectableNode;
import org.hibernate.query.sqm.tree.select.SqmSelection;

/**
 * What an insert selects by Criteria, each by itself. There it is one selection of several items, and Hibernate gives each of them the
 * type of the first attribute that is inserted: a value would be encrypted for the wrong attribute, or not at all.
 */
final class InsertedSelection {

    private InsertedSelection() {}

    static SqmSelectClause flat(SqmSelectClause clause) {
        List<SqmSelection<?>> selections = clause.getSelections();
        if (selections.size() != 1
                || !(selections.get(0).getSelectableNode() instanceof SqmJpaCompoundSelection<?> compound)) {
            return clause;
        }
        SqmSelectClause flat = new SqmSelectClause(clause.isDistinct(), clause.nodeBuilder());
        for (SqmSelectableNode<?> item : compound.getSelectionItems()) {
            flat.addSelection(new SqmSelection<>(item, item.getAlias(), clause.nodeBuilder()));
        }
        return flat;
    }
}
