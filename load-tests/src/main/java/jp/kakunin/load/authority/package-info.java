/// The national system as others see it: answers OQS messages from a registry, and fails as the real one was seen to.
@NullMarked
package jp.kakunin.load.authority;

import org.jspecify.annotations.NullMarked;
