package jp.kakunin.edge.reader;

/// One operation's right to touch the card. It ends when its time is over, so that a thread freed late (another
/// program let go of the reader an hour later) does nothing any more, least of all send a PIN.
final class Claim {
    private Runnable release = () -> {};
    private boolean ended;
    private boolean pinSent;

    /// Starts the operation; `release` runs once, when it ends. False, and released, when it has ended already.
    boolean begin(Runnable onEnd) {
        synchronized (this) {
            if (!ended) {
                release = onEnd;
                return true;
            }
        }
        onEnd.run();
        return false;
    }

    /// Throws when nobody waits for the operation any more.
    synchronized void require() throws CardTrouble {
        if (ended) {
            throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "given up");
        }
    }

    /// Marks the point after which nothing is tried a second time.
    synchronized void sendingPin() throws CardTrouble {
        require();
        pinSent = true;
    }

    synchronized boolean pinSent() {
        return pinSent;
    }

    synchronized boolean ended() {
        return ended;
    }

    /// True for the one who ends it.
    boolean end() {
        Runnable onEnd;
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            onEnd = release;
        }
        onEnd.run();
        return true;
    }
}
