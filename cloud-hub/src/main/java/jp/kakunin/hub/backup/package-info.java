/// Copies of what a hub needs to go on elsewhere, taken while it works, and how they are put back.
@NullMarked
package jp.kakunin.hub.backup;

import org.jspecify.annotations.NullMarked;
