package jp.kakunin.load.card;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;
import jp.kakunin.edge.reader.ExtendedApdu;
import org.jspecify.annotations.Nullable;

/// A reader in memory with one card on it or none, for machines without a PC/SC stack and for fast tests. It leaves
/// out everything PC/SC can do wrong.
public final class InProcessReader implements CardPort {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /// Held by the link that has claimed the card, as a PC/SC transaction is.
    private boolean claimed;

    private @Nullable Chip card;
    private long insertions;
    private long changes;
    private CardTrouble.@Nullable Kind service;

    public InProcessReader(String name) {
        this.name = name;
    }

    public void insert(VirtualCard put) {
        insert((Chip) put);
    }

    void insert(Chip put) {
        change(() -> {
            card = put;
            insertions++;
            put.reset();
        });
    }

    public void remove() {
        change(() -> {
            if (card != null) {
                card.reset();
            }
            card = null;
        });
    }

    /// Makes the service fail with this kind of trouble from now on; null brings it back.
    public void fail(CardTrouble.@Nullable Kind kind) {
        change(() -> service = kind);
    }

    public boolean cardPresent() {
        lock.lock();
        try {
            return card != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Session open() throws CardTrouble {
        lock.lock();
        try {
            requireService();
            return new MemorySession();
        } finally {
            lock.unlock();
        }
    }

    private void requireService() throws CardTrouble {
        if (service != null) {
            throw new CardTrouble(service, "in-process reader");
        }
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // every caller loops
    private void awaitChange() throws CardTrouble {
        try {
            changed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "interrupted");
        }
    }

    private final class MemorySession implements Session {
        private long seenInsertions;
        private long seenChanges = -1;

        @Override
        public List<Slot> slots() throws CardTrouble {
            lock.lock();
            try {
                requireService();
                return List.of(new Slot(name, card != null, false));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<Slot> await(long millisMax) throws CardTrouble {
            lock.lock();
            try {
                long left = TimeUnit.MILLISECONDS.toNanos(millisMax);
                while (seenChanges == changes && left > 0) {
                    left = changed.awaitNanos(left);
                }
                requireService();
                boolean inserted = card != null && seenInsertions != insertions;
                seenInsertions = insertions;
                seenChanges = changes;
                return List.of(new Slot(name, card != null, inserted));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "interrupted");
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Link connect(String reader) throws CardTrouble {
            lock.lock();
            try {
                requireService();
                while (claimed) {
                    awaitChange();
                }
                if (card == null) {
                    throw new CardTrouble(CardTrouble.Kind.NO_CARD, "in-process reader");
                }
                claimed = true;
                return new MemoryLink(card, insertions);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private final class MemoryLink implements Link {
        private final Chip linked;
        private final long insertion;

        MemoryLink(Chip linked, long insertion) {
            this.linked = linked;
            this.insertion = insertion;
        }

        @Override
        public byte[] transmit(byte[] command) throws CardTrouble {
            requirePresent();
            CardReply reply = linked.process(command);
            return switch (reply) {
                case CardReply.Bytes(byte[] answer) -> {
                    requirePresent();
                    yield answer;
                }
                case CardReply.Torn() -> {
                    remove();
                    throw removed();
                }
                case CardReply.Lost() -> throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "in-process reader");
                case CardReply.Mute() -> throw mute();
            };
        }

        @Override
        public ExtendedApdu extendedApdu() {
            return ExtendedApdu.UNKNOWN;
        }

        @Override
        public void close() {
            change(() -> {
                claimed = false;
                linked.reset();
            });
        }

        /// Blocks like a real driver without a time limit: until the card is taken away.
        private CardTrouble mute() throws CardTrouble {
            lock.lock();
            try {
                while (card != null && insertions == insertion && service == null) {
                    awaitChange();
                }
                return removed();
            } finally {
                lock.unlock();
            }
        }

        private void requirePresent() throws CardTrouble {
            lock.lock();
            try {
                requireService();
                if (card == null || insertions != insertion) {
                    throw removed();
                }
            } finally {
                lock.unlock();
            }
        }

        private static CardTrouble removed() {
            return new CardTrouble(CardTrouble.Kind.REMOVED, "in-process reader");
        }
    }
}
