/// Domain values to bytes and back. The generated Avro classes never leave this package.
///
///     stays on a disk | C3 01 | schema fingerprint: 8 | Avro binary |     facts, journal records, card evidence
///     only travels    | Avro binary |                                     requests and replies
///     sealed          | 01 | ephemeral key: 32 | ciphertext | tag: 16 |   card evidence on disk and on the way
///
/// The content type names the schema of requests and replies.
///
/// Whoever changes a schema changes fingerprints: bytes already written stay readable only if the released schema is
/// kept and read with Avro's resolution. The folder of released schemas begins with the first release; until then the
/// golden bytes of the tests say what a change breaks.
@NullMarked
package jp.kakunin.codec;

import org.jspecify.annotations.NullMarked;
