/// Proves that what the hub keeps is what its facts say: positions, chains, and everything derived, made anew.
@NullMarked
package jp.kakunin.hub.verify;

import org.jspecify.annotations.NullMarked;
