package jp.kakunin.journal;

import java.time.Instant;
import java.util.List;
import jp.kakunin.domain.Instance;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;

/// How far a stream has come and what became of its facts: `position.seq() == tally.sum()`, always.
///
/// @param remarks on the last [Limits#BATCH_FACTS_MAX] facts. An edge numbers no more before it hears of them, so
///     one whose acknowledgements were lost, and that knows this position, is told here all that it missed
public record StreamState(
        StreamPosition position, Tally tally, List<Remark> remarks, Instance instance, Instant lastSeen) {
    public StreamState {
        long behind = position.seq() - Limits.BATCH_FACTS_MAX;
        remarks = remarks.stream().filter(remark -> remark.seq() > behind).toList();
    }

    /// On facts after this number.
    public List<Remark> remarksAfter(long seq) {
        return remarks.stream().filter(remark -> remark.seq() > seq).toList();
    }
}
