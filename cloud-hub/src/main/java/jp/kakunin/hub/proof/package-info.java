/// Proof numbers: what remains of an answered check when its month is gone, and names nobody.
@NullMarked
package jp.kakunin.hub.proof;

import org.jspecify.annotations.NullMarked;
