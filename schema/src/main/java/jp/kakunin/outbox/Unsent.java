package jp.kakunin.outbox;

import java.time.Instant;
import java.util.Comparator;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;

/// A fact on the edge's disk that has no number yet. They are ordered as they should be sent: copies last, else closing
/// month first, then by `rank`, then oldest.
///
/// @param copy read from the hub and not recorded on this disk; offered again in case that no other is left
/// @param rank 0 first visit with evidence, 1 first visit without, 2 repeat with evidence, 3 repeat without;
///     facts that are no checks are small and change standings, so they go with the first
/// @param bytes of the fact and its attachment
public record Unsent(
        FactId id, boolean copy, TreatmentMonth month, int rank, Instant capturedAt, boolean clockDoubtful, int bytes)
        implements Comparable<Unsent> {
    private static final int REPEAT_RANK = 2;

    private static final Comparator<Unsent> SENDING_ORDER = Comparator.comparing(Unsent::copy)
            .thenComparing(Unsent::month)
            .thenComparingInt(Unsent::rank)
            .thenComparing(Unsent::capturedAt)
            .thenComparing(Unsent::id);

    public static Unsent of(Fact fact, boolean copy, int bytes) {
        Envelope envelope = fact.envelope();
        return new Unsent(
                envelope.id(),
                copy,
                envelope.month(),
                rank(fact),
                envelope.capturedAt(),
                envelope.clockDoubtful(),
                bytes);
    }

    public boolean isOwedByMonthEnd() {
        return rank < REPEAT_RANK;
    }

    @Override
    public int compareTo(Unsent other) {
        return SENDING_ORDER.compare(this, other);
    }

    private static int rank(Fact fact) {
        if (!(fact instanceof Fact.CheckRecorded check)) {
            return 0;
        }
        int kind = check.kind() == VisitKind.INITIAL ? 0 : REPEAT_RANK;
        return check.evidence() instanceof Evidence.None ? kind + 1 : kind;
    }
}
