package jp.kakunin.edge.reader;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One inspection or one reading of a card, with all that can go wrong turned into a value.
final class CardOperation {
    private final CardConversation conversation;
    private final CardFinder finder;
    private final ReaderOptions options;
    private final Claim claim;

    /// Of an earlier attempt, to notice that the card was exchanged in between.
    private @Nullable CardCertificate certificate;

    private boolean extendedFailed;
    private int triesBefore;
    private boolean pinAnswered;

    CardOperation(CardPort port, CardFinder finder, ReaderOptions options, Claim claim) {
        this.conversation = new CardConversation(port, finder, options, claim);
        this.finder = finder;
        this.options = options;
        this.claim = claim;
    }

    CardInspection inspect() {
        try {
            return conversation.withRetries((reader, link, card) -> {
                CardCertificate read = readCertificate(reader, link, card);
                return new CardInspection.Inspected(card.pinState().tries(), read);
            });
        } catch (CardTrouble trouble) {
            return new CardInspection.Failed(ReaderFault.of(trouble), trouble.detail());
        } catch (Refusal refusal) {
            return new CardInspection.Failed(refusal.fault(), refusal.detail());
        }
    }

    CardReading read(CardRequest request) {
        try {
            return conversation.withRetries((reader, link, card) -> {
                CardCertificate before = readCertificate(reader, link, card);
                return switch (request) {
                    case CardRequest.WithPin withPin -> withPin(withPin, before, link, card);
                    case CardRequest.VisualCheck() -> visual(before);
                };
            });
        } catch (CardTrouble trouble) {
            return failed(trouble);
        } catch (Refusal refusal) {
            return new CardReading.Failed(refusal.fault(), refusal.detail());
        }
    }

    private static CardReading visual(@Nullable CardCertificate certificate) {
        return certificate == null
                ? new CardReading.Failed(ReaderFault.CERTIFICATE_UNREADABLE, "certificate only after the PIN")
                : new CardReading.Read(certificate, List.of());
    }

    private CardReading withPin(
            CardRequest.WithPin request, @Nullable CardCertificate before, GuardedLink link, JpkiCard card)
            throws CardTrouble, Refusal {
        triesBefore = card.pinState().tries();
        if (triesBefore == 0) {
            return new CardReading.PinBlocked();
        }
        if (triesBefore == 1 && !request.lastTryAccepted()) {
            return new CardReading.LastTry();
        }
        claim.sendingPin();
        PinState answer = card.verify(request.pin());
        pinAnswered = true;
        return switch (answer) {
            case PinState.Blocked() -> new CardReading.PinBlocked();
            case PinState.Open(int left) -> new CardReading.WrongPin(left);
            case PinState.Verified() -> signed(request, before, link, card);
        };
    }

    private static CardReading signed(
            CardRequest.WithPin request, @Nullable CardCertificate before, GuardedLink link, JpkiCard card)
            throws CardTrouble, Refusal {
        CardCertificate certificate = before != null ? before : new CertificateFile(link, card).read(false);
        if (certificate == null) {
            throw new Refusal(ReaderFault.CERTIFICATE_UNREADABLE, "refused although the PIN was verified");
        }
        List<byte[]> signatures = new ArrayList<>();
        for (byte[] each : request.toSign()) {
            signatures.add(card.sign(each));
        }
        return new CardReading.Read(certificate, signatures);
    }

    private CardReading failed(CardTrouble trouble) {
        return claim.pinSent() && !pinAnswered
                ? afterLostAnswer(trouble)
                : new CardReading.Failed(ReaderFault.of(trouble), trouble.detail());
    }

    /// The PIN went out and nothing came back. Sending it again could cost a second try, so the card is asked what
    /// its counter says now.
    private CardReading afterLostAnswer(CardTrouble trouble) {
        try {
            conversation.pause();
            return conversation.once((reader, link, card) -> {
                CardCertificate now = new CertificateFile(link, card).read(false);
                if (certificate != null && (now == null || !certificate.sameAs(now))) {
                    throw new Refusal(ReaderFault.PIN_RESULT_UNKNOWN, "another card");
                }
                int left = card.pinState().tries();
                if (left == 0) {
                    return new CardReading.PinBlocked();
                }
                return left < triesBefore
                        ? new CardReading.WrongPin(left)
                        : new CardReading.Failed(ReaderFault.of(trouble), "no try was lost; " + trouble.detail());
            });
        } catch (CardTrouble | Refusal _) {
            return new CardReading.Failed(ReaderFault.PIN_RESULT_UNKNOWN, trouble.detail());
        }
    }

    private @Nullable CardCertificate readCertificate(String reader, GuardedLink link, JpkiCard card)
            throws CardTrouble, Refusal {
        boolean extended = !extendedFailed && options.tryExtended(finder.extended(reader));
        CertificateFile file = new CertificateFile(link, card);
        // Readers that cannot pass a long command fail in the transport, so the next attempt is a short one.
        extendedFailed |= extended;
        CardCertificate read = file.read(extended);
        if (extended && !file.extendedRefused()) {
            extendedFailed = false;
        } else if (extendedFailed) {
            finder.learnRefused(reader);
        }
        if (certificate != null && (read == null || !certificate.sameAs(read))) {
            throw new Refusal(ReaderFault.CARD_PULLED, "another card than a moment ago");
        }
        certificate = read;
        return read;
    }
}
