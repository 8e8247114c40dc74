package jp.kakunin.domain;

import java.util.Collection;
import java.util.List;

/// The rules, or a wrong version of them that the laws must catch.
interface Judge {
    List<VisitStanding> judge(TreatmentMonth month, Collection<Fact> facts);
}
