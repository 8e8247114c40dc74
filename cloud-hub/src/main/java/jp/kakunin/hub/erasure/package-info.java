/// Forgetting by law: when a month is closed, and the receipts that say so for good.
@NullMarked
package jp.kakunin.hub.erasure;

import org.jspecify.annotations.NullMarked;
