package jp.kakunin.edge.reader;

import java.util.concurrent.TimeUnit;

/// Finds the card, claims it, does something with it and gives it free again; after trouble on the way it starts over
/// with a new conversation, unless a PIN has been sent.
final class CardConversation {
    static final int ATTEMPTS_MAX = 3;

    private final CardPort port;
    private final CardFinder finder;
    private final Claim claim;
    private final long pauseMillis;

    CardConversation(CardPort port, CardFinder finder, ReaderOptions options, Claim claim) {
        this.port = port;
        this.finder = finder;
        this.claim = claim;
        this.pauseMillis = options.retryPauseMillis();
    }

    <T> T withRetries(CardAttempt<T> attempt) throws CardTrouble, Refusal {
        boolean hadCard = false;
        for (int n = 1; ; n++) {
            try {
                return once(attempt);
            } catch (CardTrouble trouble) {
                hadCard |= trouble.kind() == CardTrouble.Kind.TRANSPORT || trouble.kind() == CardTrouble.Kind.REMOVED;
                if (n == ATTEMPTS_MAX || claim.pinSent()) {
                    throw trouble;
                }
            } catch (Refusal refusal) {
                throw hadCard && refusal.fault() == ReaderFault.NO_CARD
                        ? new Refusal(ReaderFault.CARD_PULLED, refusal.detail())
                        : refusal;
            }
            pause();
        }
    }

    <T> T once(CardAttempt<T> attempt) throws CardTrouble, Refusal {
        claim.require();
        try (CardPort.Session session = port.open()) {
            return on(session, finder.choose(session.slots()), attempt);
        }
    }

    <T> T on(CardPort.Session session, String reader, CardAttempt<T> attempt) throws CardTrouble, Refusal {
        try (CardPort.Link link = session.connect(reader)) {
            finder.learn(reader, link.extendedApdu());
            GuardedLink guarded = new GuardedLink(link, claim);
            JpkiCard card = new JpkiCard(guarded);
            if (!card.select()) {
                throw new Refusal(ReaderFault.NOT_A_MY_NUMBER_CARD, "no JPKI application");
            }
            return attempt.run(reader, guarded, card);
        }
    }

    void pause() throws CardTrouble {
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "interrupted");
        }
    }
}
