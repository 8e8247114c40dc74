/// Files that only their owner may read.
@NullMarked
package jp.kakunin.edge.disk;

import org.jspecify.annotations.NullMarked;
