/// The edge process: wiring and entry point.
@NullMarked
package jp.kakunin.edge;

import org.jspecify.annotations.NullMarked;
