/// The exchange with the hub: the edge's side of the protocol as a machine without I/O, the connection that carries it,
/// and the one thread that owns both the machine and the store.
@NullMarked
package jp.kakunin.edge.exchange;

import org.jspecify.annotations.NullMarked;
