/// The hub's store of facts: a port, and its embedded adapter on RocksDB.
@NullMarked
package jp.kakunin.hub.journal;

import org.jspecify.annotations.NullMarked;
