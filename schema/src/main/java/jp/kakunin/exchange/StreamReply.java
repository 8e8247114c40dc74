package jp.kakunin.exchange;

import java.util.List;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import org.jspecify.annotations.Nullable;

/// What became of one batch.
public sealed interface StreamReply {
    InstitutionCode clinic();

    Epoch epoch();

    /// Everything up to `position` is on the hub's disk. Remarks name the facts that took no effect.
    record Acknowledged(
            InstitutionCode clinic,
            Epoch epoch,
            StreamPosition position,
            Grant grant,
            Tally tally,
            List<Remark> remarks)
            implements StreamReply {
        public Acknowledged {
            remarks = List.copyOf(remarks);
        }
    }

    /// The batch does not follow what the hub holds; nothing was stored. Go on from here if you know this pair. The
    /// remarks are those on facts after the pair the batch followed: their acknowledgement did not arrive.
    record Resume(InstitutionCode clinic, Epoch epoch, StreamPosition position, Grant grant, List<Remark> remarks)
            implements StreamReply {
        public Resume {
            remarks = List.copyOf(remarks);
        }
    }

    /// The batch was not looked at; nothing was stored.
    record Refused(InstitutionCode clinic, Epoch epoch, Refusal refusal) implements StreamReply {}

    /// A fact that was counted but took no effect.
    record Remark(long seq, Outcome outcome, @Nullable QuarantineReason reason) {}

    enum Outcome {
        TOO_LATE,
        QUARANTINED,
        REFUSED
    }

    /// How much the edge may number and send next.
    record Grant(int facts, long bytes) {
        public static final Grant NONE = new Grant(0, 0);
    }
}
