package jp.kakunin.hub.reconcile;

import java.util.List;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit;

/// What to do about a batch.
public sealed interface Decision {
    /// What the edge hears; for [Store] only once the commit is durable.
    StreamReply reply();

    /// There is nothing to store.
    record Nothing(StreamReply reply) implements Decision {}

    /// @param tally what becomes of the facts of this batch
    /// @param newEpoch the first facts of a stream
    record Store(Commit commit, StreamReply reply, Tally tally, List<QuarantineReason> quarantined, boolean newEpoch)
            implements Decision {
        public Store {
            quarantined = List.copyOf(quarantined);
        }
    }
}
