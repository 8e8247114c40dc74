/// Keys that forget: what a month holds is sealed under a key of its own, and is gone when the key is.
@NullMarked
package jp.kakunin.keys;

import org.jspecify.annotations.NullMarked;
