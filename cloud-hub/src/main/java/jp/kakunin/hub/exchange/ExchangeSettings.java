package jp.kakunin.hub.exchange;

import java.time.Duration;
import jp.kakunin.exchange.Reply.Policy;

/// The limits of one hub node.
///
/// @param liveBatchesMax batches with a waiting patient that may stand in the queue of one shard
/// @param backlogBatchesMax other batches that may stand in the queue of one shard
/// @param commitsInFlightMax commits of one shard that may be under way to the disk
/// @param waitersMax long polls parked in one shard
/// @param conflictsMax times a batch is decided again after a conflict before the edge is asked to come again
/// @param retryAfter what a busy hub asks for at least; twice that at most
public record ExchangeSettings(
        int liveBatchesMax,
        int backlogBatchesMax,
        int commitsInFlightMax,
        int waitersMax,
        int conflictsMax,
        Duration retryAfter,
        Policy policy) {
    public static final ExchangeSettings DEFAULT =
            new ExchangeSettings(4_096, 1_024, 256, 100_000, 5, Duration.ofSeconds(2), Policy.DEFAULT);
}
