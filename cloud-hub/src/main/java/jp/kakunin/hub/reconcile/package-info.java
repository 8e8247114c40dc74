/// Decides what becomes of a batch or an answer. Pure: a view of the clinic in, one commit and one reply out.
@NullMarked
package jp.kakunin.hub.reconcile;

import org.jspecify.annotations.NullMarked;
