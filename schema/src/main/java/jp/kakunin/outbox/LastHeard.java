package jp.kakunin.outbox;

import java.time.Instant;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Reply.Policy;

/// What the hub said about itself the last time it was written down.
public record LastHeard(Incarnation incarnation, Instant hubTime, Policy policy) {}
