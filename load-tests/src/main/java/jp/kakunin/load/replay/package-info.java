/// Load on a real hub: virtual edge nodes, an open loop, latencies from the intended time, and a check of the data at
/// the end.
@NullMarked
package jp.kakunin.load.replay;

import org.jspecify.annotations.NullMarked;
