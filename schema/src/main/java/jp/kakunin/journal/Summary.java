package jp.kakunin.journal;

import java.util.List;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.VisitStanding;

/// A patient-month folded: its facts (joins stand in the summaries of both patients), and the standings last derived
/// from them. Everything needed to decide about the next fact of this patient.
public record Summary(List<Fact> facts, List<VisitStanding> visits) {
    public static final Summary EMPTY = new Summary(List.of(), List.of());

    public Summary {
        facts = List.copyOf(facts);
        visits = List.copyOf(visits);
    }
}
