/// The edge's facts on disk: what was recorded here, what came from the hub, and how far both sides agree.
@NullMarked
package jp.kakunin.edge.store;

import org.jspecify.annotations.NullMarked;
