/// Made-up facts for the tests of the hub.
@NullMarked
package jp.kakunin.hub.testing;

import org.jspecify.annotations.NullMarked;
