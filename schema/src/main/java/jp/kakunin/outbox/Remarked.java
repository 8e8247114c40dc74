package jp.kakunin.outbox;

import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.exchange.StreamReply.Outcome;
import org.jspecify.annotations.Nullable;

/// Why one of the edge's facts took no effect at the hub; the desk shows it beside the visit.
public record Remarked(Outcome outcome, @Nullable QuarantineReason reason) {}
