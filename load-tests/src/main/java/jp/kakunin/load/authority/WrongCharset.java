package jp.kakunin.load.authority;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import jp.kakunin.hub.authority.OqsXml;

/// A message whose declaration says the one charset and whose bytes are in the other.
final class WrongCharset {
    private WrongCharset() {}

    static byte[] of(byte[] message, Charset declared) {
        Charset other = declared.equals(StandardCharsets.UTF_8) ? OqsXml.WINDOWS_31J : StandardCharsets.UTF_8;
        return new String(message, declared).getBytes(other);
    }
}
