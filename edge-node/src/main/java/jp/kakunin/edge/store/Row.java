package jp.kakunin.edge.store;

import org.jspecify.annotations.Nullable;

/// One change of a write: the new value, or none to take the row away.
record Row(Key key, byte @Nullable [] value) {}
