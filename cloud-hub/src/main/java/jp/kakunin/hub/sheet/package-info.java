/// The set-up sheet that a clinic gets on paper.
@NullMarked
package jp.kakunin.hub.sheet;

import org.jspecify.annotations.NullMarked;
