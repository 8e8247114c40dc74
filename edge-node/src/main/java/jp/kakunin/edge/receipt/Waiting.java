package jp.kakunin.edge.receipt;

import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// Requests that wait for changes, and streams of them. Of one thread.
final class Waiting {
    static final int WAIT_SECONDS_MAX = 60;
    static final int WAITING_PER_KEY_MAX = 4;
    static final int PAGE_CHANGES_MAX = 200;
    static final long HEARTBEAT_MILLIS = 20_000;

    private static final int MILLIS_PER_SECOND = 1_000;

    private final Vertx vertx;
    private final Gate gate;
    private final Executor thread;
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    Waiting(Vertx vertx, Gate gate, Executor thread) {
        this.vertx = vertx;
        this.gate = gate;
        this.thread = thread;
    }

    /// One request that goes on; by identity.
    private abstract static class Waiter {
        final Reply reply;
        final ReceiptKey key;
        final Changes changes;
        Cursor after;

        Waiter(Reply reply, ReceiptKey key, Changes changes, Cursor after) {
            this.reply = reply;
            this.key = key;
            this.changes = changes;
            this.after = after;
        }

        /// @return whether it still waits
        abstract boolean tell(Snapshot snapshot);

        abstract void refuse(ReceiptProblem problem);

        abstract void stillHere();
    }

    boolean isFull(ReceiptKey key) {
        return waiters.stream().filter(waiter -> waiter.key.equals(key)).count() >= WAITING_PER_KEY_MAX;
    }

    boolean isAnybodyWaitingFor(Changes changes) {
        return waiters.stream().anyMatch(waiter -> waiter.changes.equals(changes));
    }

    /// Answers when there is a change, and with none after that long.
    void poll(Reply reply, ReceiptKey key, Changes changes, Cursor after, int limit, int seconds) {
        Poll poll = new Poll(reply, key, changes, after, limit);
        join(poll);
        vertx.setTimer((long) seconds * MILLIS_PER_SECOND, _ -> thread.execute(() -> poll.giveUp(this)));
    }

    /// Tells all changes, those from `after` to now first.
    void stream(Reply reply, ReceiptKey key, Changes changes, Cursor after) {
        join(new Stream(reply, key, changes, after));
    }

    private void join(Waiter waiter) {
        waiters.add(waiter);
        waiter.reply.onEnd(() -> thread.execute(() -> waiters.remove(waiter)));
        // Something may have changed while nobody listened.
        look(waiter.changes);
    }

    void look(Changes changes) {
        var _ = changes.look().whenComplete((snapshot, failure) -> {
            if (failure == null) {
                tell(changes, snapshot);
            }
        });
    }

    private void tell(Changes changes, Snapshot snapshot) {
        for (Waiter waiter : List.copyOf(waiters)) {
            if (waiter.changes.equals(changes)) {
                boolean waits = true;
                if (!gate.stillOpens(waiter.key)) {
                    waiter.refuse(ReceiptProblem.KEY_WRONG);
                    waits = false;
                } else if (snapshot.hidden()) {
                    waiter.refuse(ReceiptProblem.CLINIC_HIDDEN);
                    waits = false;
                }
                if (!waits || !waiter.tell(snapshot)) {
                    waiters.remove(waiter);
                }
            }
        }
    }

    void heartbeat() {
        List.copyOf(waiters).forEach(Waiter::stillHere);
    }

    private static final class Poll extends Waiter {
        private final int limit;

        Poll(Reply reply, ReceiptKey key, Changes changes, Cursor after, int limit) {
            super(reply, key, changes, after);
            this.limit = limit;
        }

        @Override
        boolean tell(Snapshot snapshot) {
            if (snapshot.full()) {
                return true;
            }
            if (!snapshot.continues(after)) {
                refuse(ReceiptProblem.CHANGES_RESET);
                return false;
            }
            Snapshot.Page page = snapshot.after(after.seq(), limit);
            if (page.changes().isEmpty()) {
                return true;
            }
            reply.json(ChangeJson.page(snapshot, page));
            return false;
        }

        void giveUp(Waiting waiting) {
            if (waiting.waiters.remove(this)) {
                waiting.answerNow(this);
            }
        }

        @Override
        void refuse(ReceiptProblem problem) {
            reply.refuse(problem);
        }

        @Override
        void stillHere() {
            // An answer comes in time by itself.
        }
    }

    private void answerNow(Poll poll) {
        var _ = poll.changes.look().whenComplete((snapshot, failure) -> {
            if (failure != null) {
                poll.reply.refuse(ReceiptProblem.INTERNAL);
            } else if (snapshot.hidden()) {
                poll.reply.refuse(ReceiptProblem.CLINIC_HIDDEN);
            } else if (snapshot.full()) {
                poll.reply.refuse(ReceiptProblem.STORE_FULL);
            } else if (poll.tell(snapshot)) {
                poll.reply.json(ChangeJson.page(snapshot, snapshot.after(poll.after.seq(), poll.limit)));
            }
        });
    }

    private final class Stream extends Waiter {
        private final PacedLine line;

        Stream(Reply reply, ReceiptKey key, Changes changes, Cursor after) {
            super(reply, key, changes, after);
            line = new PacedLine(reply::write, thread, () -> look(changes));
        }

        /// As much as the client reads: what is left is told from the store when it has.
        @Override
        boolean tell(Snapshot snapshot) {
            if (snapshot.full()) {
                return true;
            }
            if (!snapshot.continues(after) && line.hasRoom()) {
                after = new Cursor(snapshot.feed(), 0);
                line.write("event: reset\ndata: {}\n\n");
            }
            boolean more = snapshot.continues(after);
            while (more && line.hasRoom()) {
                Snapshot.Page page = snapshot.after(after.seq(), 1);
                page.changes().forEach(change -> {
                    after = new Cursor(snapshot.feed(), change.told().seq());
                    line.write("id: " + after + "\nevent: change\ndata: "
                            + ChangeJson.of(change).encode() + "\n\n");
                });
                more = page.more();
            }
            return true;
        }

        @Override
        void refuse(ReceiptProblem problem) {
            line.write("event: problem\ndata: " + problem.json().encode() + "\n\n");
            reply.end();
        }

        @Override
        void stillHere() {
            line.heartbeat();
        }
    }
}
