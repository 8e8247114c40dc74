/// How this device becomes one: asks the hub with what stands on the set-up sheet, and renews its certificate by
/// itself.
@NullMarked
package jp.kakunin.edge.activation;

import org.jspecify.annotations.NullMarked;
