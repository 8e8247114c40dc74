package jp.kakunin.hub.reconcile;

import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.SentFact;
import org.jspecify.annotations.Nullable;

/// Whether a batch keeps to the limits and to its own numbering.
final class Frame {
    private Frame() {}

    static @Nullable Refusal refusal(Batch batch) {
        int factsMax = batch.live() ? Limits.LIVE_FACTS_MAX : Limits.BATCH_FACTS_MAX;
        if (batch.facts().size() > factsMax) {
            return Refusal.TOO_MANY_FACTS;
        }
        long bytes = 0;
        long expected = batch.follows().seq();
        boolean inOrder = true;
        for (SentFact sent : batch.facts()) {
            byte[] attachment = sent.attachment();
            bytes += sent.fact().length + (attachment == null ? 0 : attachment.length);
            expected++;
            inOrder &= sent.seq() == expected;
        }
        if (bytes > Limits.BATCH_BYTES_MAX) {
            return Refusal.BATCH_TOO_LARGE;
        }
        return inOrder ? null : Refusal.OUT_OF_ORDER;
    }
}
