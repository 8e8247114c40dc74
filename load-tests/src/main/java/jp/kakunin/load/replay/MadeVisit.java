package jp.kakunin.load.replay;

import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.store.NewFact;

/// The fact of a visit, made beforehand so that making it delays nothing, and its bytes.
record MadeVisit(VisitId visit, NewFact fact, byte[] encoded) {
    @Override
    public String toString() {
        return "MadeVisit[" + visit + "]";
    }
}
