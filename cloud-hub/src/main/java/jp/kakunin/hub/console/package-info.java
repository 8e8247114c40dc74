/// The console for the network's operators, on loopback behind a sign-in, with health and metrics.
@NullMarked
package jp.kakunin.hub.console;

import org.jspecify.annotations.NullMarked;
