/// Which device may speak for which clinic, and how the devices are.
@NullMarked
package jp.kakunin.hub.fleet;

import org.jspecify.annotations.NullMarked;
