/// Bad days on purpose: a line that delays, cuts, throttles and swallows, power that fails, and hubs that are killed
/// again
/// and again while edges push.
@NullMarked
package jp.kakunin.load.chaos;

import org.jspecify.annotations.NullMarked;
