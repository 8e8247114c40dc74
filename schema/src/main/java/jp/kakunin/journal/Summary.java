package jp.kakunin.journal;

import java.util.List;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.VisitStanding;

/// A patient-month folded: its facts (joins stand in the summaries of both patients), and the standings last derived
/// from them. Everything needed to decide about the next fact of this patient.
public record Summary(List<EncodedFact> encoded, List<VisitStanding> visits) {
    public static final Summary EMPTY = new Summary(List.of(), List.of());

    public Summary {
        encoded = List.copyOf(encoded);
        visits = List.copyOf(visits);
    }

    public List<Fact> facts() {
        return EncodedFact.facts(encoded);
    }
}
