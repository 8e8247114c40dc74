package jp.kakunin.load.card;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.kakunin.edge.reader.CardCertificate;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.Pin;

/// Cards for tests; the two key pairs are made once, since making them is the slow part.
final class TestCards {
    static final byte[] MESSAGE = "check, clinic, date".getBytes(StandardCharsets.UTF_8);
    static final byte[] OTHER_MESSAGE = "another clinic".getBytes(StandardCharsets.UTF_8);
    static final String PIN = "4711";
    static final CardIdentity ONE;
    static final CardIdentity TWO;

    static {
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        TestCardAuthority authority = TestCardAuthority.create(now, new SecureRandom());
        ONE = authority.issue(
                "A234567890123456789012", BigInteger.valueOf(0x4B01), now, now.plus(Duration.ofDays(900)));
        TWO = authority.issue(
                "B234567890123456789012", BigInteger.valueOf(0x4B02), now, now.plus(Duration.ofDays(900)));
    }

    private TestCards() {}

    static VirtualCard card() {
        return new VirtualCard(ONE, PIN, VirtualCard.TRIES_MAX);
    }

    static VirtualCard card(int triesLeft, CardFaults faults) {
        VirtualCard card = new VirtualCard(ONE, PIN, triesLeft);
        card.misbehave(faults);
        return card;
    }

    static CardRequest withPin(String pin) {
        return new CardRequest.WithPin(Pin.of(pin.toCharArray()), List.of(MESSAGE), false);
    }

    static CardRequest withPinForTwo(String pin) {
        return new CardRequest.WithPin(Pin.of(pin.toCharArray()), List.of(MESSAGE, OTHER_MESSAGE), false);
    }

    static CardRequest withPinOnLastTry(String pin) {
        return new CardRequest.WithPin(Pin.of(pin.toCharArray()), List.of(MESSAGE), true);
    }

    static boolean verified(CardReading reading) {
        return reading instanceof CardReading.Read(CardCertificate certificate, List<byte[]> signatures)
                && signatures.size() == 1
                && certificate.serial().equals(ONE.certificate().getSerialNumber())
                && verifies(certificate, signatures.getFirst(), MESSAGE);
    }

    static boolean verifies(CardCertificate certificate, byte[] signature, byte[] message) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(certificate.publicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
