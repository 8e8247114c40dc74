package jp.kakunin.edge.reader;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import jp.kakunin.edge.reader.CardFinder.Seen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop that watches the readers, on the reader's own thread and in its own conversation. A conversation that
/// failed never comes back to life, so every trouble starts a new one, with a growing pause.
final class ReaderWatch {
    /// How late the loop may notice that it shall stop; libpcsclite cannot be woken.
    private static final long WAIT_MILLIS = 500;

    private static final long BACKOFF_MILLIS_MIN = 100;
    private static final long BACKOFF_MILLIS_MAX = 2_000;
    /// How often a card that could not be read is looked at again.
    private static final long LOOK_AGAIN_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReaderWatch.class);

    private final CardPort port;
    private final CardFinder finder;
    private final ReaderOptions options;
    private final WatchedWork work;
    private final Consumer<ReaderStatus> publish;
    private final Map<String, Long> lookedAtNanos = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private String lostBecause = "";
    private boolean stopped;

    ReaderWatch(
            CardPort port, CardFinder finder, ReaderOptions options, WatchedWork work, Consumer<ReaderStatus> publish) {
        this.port = port;
        this.finder = finder;
        this.options = options;
        this.work = work;
        this.publish = publish;
    }

    void run() {
        long backoff = BACKOFF_MILLIS_MIN;
        while (!stopped()) {
            try (CardPort.Session session = port.open()) {
                while (!stopped()) {
                    List<CardPort.Slot> slots = session.await(WAIT_MILLIS);
                    backoff = BACKOFF_MILLIS_MIN;
                    lostBecause = "";
                    publish.accept(look(slots));
                }
            } catch (CardTrouble trouble) {
                lost(trouble.kind(), trouble.detail());
            } catch (RuntimeException e) {
                lost(CardTrouble.Kind.TRANSPORT, e.getClass().getSimpleName());
            }
            pause(backoff);
            backoff = Math.min(backoff * 2, BACKOFF_MILLIS_MAX);
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            stopping.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ReaderStatus look(List<CardPort.Slot> all) {
        List<CardPort.Slot> slots = all.stream().filter(finder::ours).toList();
        ReaderStatus best = ReaderStatus.without(ReaderState.NO_READER);
        finder.seen()
                .keySet()
                .removeIf(reader -> slots.stream().noneMatch(s -> s.reader().equals(reader) && s.cardPresent()));
        for (CardPort.Slot slot : slots) {
            if (slot.cardPresent() && (slot.inserted() || worthAnotherLook(slot.reader()))) {
                probe(slot.reader());
            }
            ReaderStatus status = new ReaderStatus(stateOf(slot), slot.reader(), finder.extended(slot.reader()));
            if (rank(status.state()) > rank(best.state())) {
                best = status;
            }
        }
        return best;
    }

    private boolean worthAnotherLook(String reader) {
        Seen seen = finder.seen().get(reader);
        long ago = System.nanoTime() - lookedAtNanos.getOrDefault(reader, 0L);
        return seen == null
                || (seen == Seen.UNREADABLE || seen == Seen.IN_USE)
                        && ago > TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS);
    }

    /// Finds out what kind of card it is, on a watched thread since a mute card blocks whoever speaks to it.
    private void probe(String reader) {
        Seen seen = work.run(
                        "card-probe", options.probeMillisMax(), claim -> probe(reader, claim), _ -> Seen.UNREADABLE)
                .join();
        finder.seen().put(reader, seen);
        lookedAtNanos.put(reader, System.nanoTime());
    }

    private Seen probe(String reader, Claim claim) {
        CardConversation conversation = new CardConversation(port, finder, options, claim);
        for (int n = 1; ; n++) {
            try (CardPort.Session session = port.open()) {
                return conversation.on(session, reader, (_, _, _) -> Seen.MY_NUMBER);
            } catch (Refusal refusal) {
                return refusal.fault() == ReaderFault.NOT_A_MY_NUMBER_CARD ? Seen.ANOTHER : Seen.UNREADABLE;
            } catch (CardTrouble trouble) {
                if (n == CardConversation.ATTEMPTS_MAX || claim.ended()) {
                    return trouble.kind() == CardTrouble.Kind.IN_USE ? Seen.IN_USE : Seen.UNREADABLE;
                }
            }
            if (!pausedForRetry(conversation)) {
                return Seen.UNREADABLE;
            }
        }
    }

    private static boolean pausedForRetry(CardConversation conversation) {
        try {
            conversation.pause();
            return true;
        } catch (CardTrouble _) {
            return false;
        }
    }

    private ReaderState stateOf(CardPort.Slot slot) {
        if (!slot.cardPresent()) {
            return ReaderState.EMPTY;
        }
        return switch (finder.seen().getOrDefault(slot.reader(), Seen.UNREADABLE)) {
            case MY_NUMBER, IN_USE -> ReaderState.CARD;
            case ANOTHER -> ReaderState.NOT_A_MY_NUMBER_CARD;
            case UNREADABLE -> ReaderState.UNREADABLE;
        };
    }

    /// With several readers the desk sees the one with most to say.
    private static int rank(ReaderState state) {
        return switch (state) {
            case NO_SERVICE, NO_READER -> 0;
            case EMPTY -> 1;
            case NOT_A_MY_NUMBER_CARD -> 2;
            case UNREADABLE -> 3;
            case CARD -> 4;
        };
    }

    private void lost(CardTrouble.Kind kind, String detail) {
        String because = kind + " " + detail;
        if (!because.equals(lostBecause)) {
            lostBecause = because; // a service that is not there is asked for every two seconds, for months
            LOG.atInfo().addKeyValue("kind", kind).addKeyValue("detail", detail).log("card service lost");
        }
        finder.seen().clear();
        publish.accept(ReaderStatus.without(
                kind == CardTrouble.Kind.NO_READER ? ReaderState.NO_READER : ReaderState.NO_SERVICE));
    }

    private boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!stopped && left > 0) {
                left = stopping.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }
}
