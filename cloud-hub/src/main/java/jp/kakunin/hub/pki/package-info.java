/// The keys and certificates of the hub: a development CA, the server certificate, device certificates, and the hub's
/// own keys.
@NullMarked
package jp.kakunin.hub.pki;

import org.jspecify.annotations.NullMarked;
