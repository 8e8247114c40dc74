/// The hub's command line: runs a hub, or asks the one that runs.
@NullMarked
package jp.kakunin.hub.cli;

import org.jspecify.annotations.NullMarked;
