/// What the hub's hot path does at its limit: taking facts, live checks, reading the history, starting on a full store.
/// One generator, which takes little of the machine it shares with the hub.
@NullMarked
package jp.kakunin.load.hotpath;

import org.jspecify.annotations.NullMarked;
