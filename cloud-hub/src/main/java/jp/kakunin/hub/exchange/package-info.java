/// Takes what edges push and gives them what is new, one writer per clinic, without a socket in sight.
@NullMarked
package jp.kakunin.hub.exchange;

import org.jspecify.annotations.NullMarked;
