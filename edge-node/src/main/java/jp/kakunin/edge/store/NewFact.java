package jp.kakunin.edge.store;

import jp.kakunin.domain.Fact;
import org.jspecify.annotations.Nullable;

/// A fact about to be recorded, with the sealed card evidence if it has some.
///
/// @param live a patient is waiting now; says how soon it should travel, and is not kept
public record NewFact(Fact fact, byte @Nullable [] attachment, boolean live) {
    @Override
    public String toString() {
        return "NewFact[" + fact.id() + "]";
    }
}
