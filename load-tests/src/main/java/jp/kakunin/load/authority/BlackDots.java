package jp.kakunin.load.authority;

import java.nio.charset.CharsetEncoder;
import jp.kakunin.hub.authority.OqsNode;
import jp.kakunin.hub.authority.OqsXml;

/// Letters outside the code page of the terminals arrive as ●.
final class BlackDots {
    private BlackDots() {}

    static OqsNode in(OqsNode node) {
        return new OqsNode(
                node.name(),
                in(node.text()),
                node.children().stream().map(BlackDots::in).toList());
    }

    static String in(String text) {
        CharsetEncoder encoder = OqsXml.WINDOWS_31J.newEncoder();
        StringBuilder written = new StringBuilder();
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(letter -> written.append(encoder.canEncode(letter) ? letter : "●"));
        return written.toString();
    }
}
