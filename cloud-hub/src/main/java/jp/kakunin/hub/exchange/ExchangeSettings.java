package jp.kakunin.hub.exchange;

import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.AppVersion;
import jp.kakunin.exchange.Reply.Policy;

/// The limits of one hub node.
///
/// @param liveBatchesMax batches with a waiting patient that may stand in the queue of one shard
/// @param backlogBatchesMax other batches that may stand in the queue of one shard
/// @param commitsInFlightMax commits of one shard that may be under way to the disk
/// @param waitersMax long polls parked in one shard
/// @param conflictsMax times a batch is decided again after a conflict before the edge is asked to come again
/// @param retryAfter what a busy hub asks for at least; twice that at most
/// @param policy what edges are told; its reconnect spread is the widest
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

    private static final Duration SPREAD_MIN = Duration.ofSeconds(5);
    /// What one edge takes of a hub that has just started: its handshake, and what it recorded on one day.
    private static final Duration SPREAD_PER_EDGE = Duration.ofMillis(15);

    /// The policy for a fleet of that size: edges spread their reconnecting over the time their return takes, so
    /// that one clinic does not wait as long as sixty thousand.
    Policy policyFor(int edges, Map<TreatmentMonth, PublicKey> exportKeys) {
        Duration wanted = SPREAD_PER_EDGE.multipliedBy(edges);
        Duration atLeast = wanted.compareTo(SPREAD_MIN) < 0 ? SPREAD_MIN : wanted;
        Duration spread = atLeast.compareTo(policy.reconnectSpread()) > 0 ? policy.reconnectSpread() : atLeast;
        return new Policy(spread, policy.versionMin(), exportKeys);
    }

    public ExchangeSettings withReconnectSpread(Duration spread) {
        return new ExchangeSettings(
                liveBatchesMax,
                backlogBatchesMax,
                commitsInFlightMax,
                waitersMax,
                conflictsMax,
                retryAfter,
                new Policy(spread, policy.versionMin()));
    }

    /// Edges whose program is older tell their clinic so.
    public ExchangeSettings withVersionMin(AppVersion version) {
        return new ExchangeSettings(
                liveBatchesMax,
                backlogBatchesMax,
                commitsInFlightMax,
                waitersMax,
                conflictsMax,
                retryAfter,
                new Policy(policy.reconnectSpread(), version.toString()));
    }
}
