package jp.kakunin.outbox;

import java.time.Instant;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Reply.Policy;

/// What the hub said about itself the last time it was written down.
///
/// @param hubTime as the hub told it, or later by as long as the edge ran on since
public record LastHeard(Incarnation incarnation, Instant hubTime, Policy policy) {}
