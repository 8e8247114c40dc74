package jp.kakunin.journal;

import java.time.Instant;
import jp.kakunin.domain.Instance;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.Tally;

/// How far a stream has come and what became of its facts: `position.seq() == tally.sum()`, always.
public record StreamState(StreamPosition position, Tally tally, Instance instance, Instant lastSeen) {}
