/// The contract of all peers, held by the one that needs no installation; by the others when asked.
@NullMarked
package jp.kakunin.load.peers;

import org.jspecify.annotations.NullMarked;
