/// A My Number card made of software: the JPKI application at the level of command and answer bytes, with test keys of
/// an authority of our own, and the ways to put it on a reader: the vpcd driver of a real PC/SC stack, or memory.
///
/// ```
///   CardBox -> VirtualCard -> VpcdLink -> (vpcd, pcscd)  or  InProcessReader -> jp.kakunin.edge.reader
/// ```
@NullMarked
package jp.kakunin.load.card;

import org.jspecify.annotations.NullMarked;
