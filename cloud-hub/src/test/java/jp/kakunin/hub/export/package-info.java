/// Exports that were carried to the hub.
@NullMarked
package jp.kakunin.hub.export;

import org.jspecify.annotations.NullMarked;
