/// What others do with the same facts: one port, one program behind each.
@NullMarked
package jp.kakunin.load.peers;

import org.jspecify.annotations.NullMarked;
