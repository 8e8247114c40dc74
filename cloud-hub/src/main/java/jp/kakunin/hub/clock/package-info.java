/// The time the hub goes by.
@NullMarked
package jp.kakunin.hub.clock;

import org.jspecify.annotations.NullMarked;
