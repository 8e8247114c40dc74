/// Starts a hub, an edge node and a card on this machine, and lets a person put the card on the reader by hand.
@NullMarked
package jp.kakunin.load.up;

import org.jspecify.annotations.NullMarked;
