/// The hub process: wiring and entry point.
@NullMarked
package jp.kakunin.hub;

import org.jspecify.annotations.NullMarked;
