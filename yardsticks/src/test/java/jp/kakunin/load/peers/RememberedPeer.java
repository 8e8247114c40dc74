package jp.kakunin.load.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.jspecify.annotations.Nullable;

/// A peer in memory, without a process: keeps every promise, or breaks the one it was made to break.
final class RememberedPeer implements Peer {
    enum Fault {
        LOSES,
        DOUBLES,
        FORGETS_WHEN_KILLED,
        FORGETS_IDS_WHEN_KILLED,
        COSTS_NOTHING,
        TELLS_NO_VERSION
    }

    private final @Nullable Fault fault;
    private final List<FactId> held = new ArrayList<>();
    private int pushes;
    private boolean isUp;
    private boolean wasKilled;

    RememberedPeer(@Nullable Fault fault) {
        this.fault = fault;
    }

    @Override
    public synchronized void start() {
        isUp = true;
    }

    @Override
    public Nature nature() {
        return new Nature(
                fault == Fault.TELLS_NO_VERSION ? "Memory" : "Memory 1.0", false, "it has no disk", true, "all", false);
    }

    @Override
    public Client connect(int number) {
        return new Client() {
            @Override
            public void push(List<Made> facts) {
                take(facts);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void take(List<Made> facts) {
        if (!isUp) {
            throw new IllegalStateException("killed");
        }
        pushes++;
        for (Made made : facts) {
            boolean isKnown = held.contains(made.id()) && fault != Fault.DOUBLES;
            boolean isForgotten = fault == Fault.FORGETS_IDS_WHEN_KILLED && wasKilled;
            boolean isLost = fault == Fault.LOSES && made.equals(facts.getLast());
            if (!isLost && (!isKnown || isForgotten)) {
                held.add(made.id());
            }
        }
    }

    @Override
    public synchronized void read(Consumer<FactId> visitor) {
        held.forEach(visitor);
    }

    @Override
    public synchronized long cpuNanos() {
        return fault == Fault.COSTS_NOTHING ? 0 : 1L + pushes;
    }

    @Override
    public synchronized void kill() {
        isUp = false;
        wasKilled = true;
        if (fault == Fault.FORGETS_WHEN_KILLED) {
            held.clear();
        }
    }

    @Override
    public void close() {}
}
