/// Reads My Number cards: watches the card readers of this machine and speaks with the one application of the card that
/// Kakunin may touch, the public authentication service (JPKI) with its user-authentication key.
///
/// ```
///   desk -> CardReader (PortCardReader) -> CardConversation -> JpkiCard -> AllowedCommands -> CardPort (PcscPort)
/// ```
///
/// `CardPort` is the seam: PC/SC in a clinic, a card in memory where there is no reader.
@NullMarked
package jp.kakunin.edge.reader;

import org.jspecify.annotations.NullMarked;
