package jp.kakunin.outbox;

import jp.kakunin.domain.FactId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamPosition;

/// A fact that got its place in the stream; `position` is the pair after it.
public record Numbered(FactId fact, TreatmentMonth month, StreamPosition position) {}
