package jp.kakunin.outbox;

import java.util.UUID;

/// The sequence of changes that receipt computers follow for one clinic. A store that lost it begins another.
public record Feed(UUID id, long last) {}
