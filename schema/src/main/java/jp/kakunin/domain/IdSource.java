package jp.kakunin.domain;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes time-ordered ids from the given clock and randomness. Two ids of one source are strictly increasing even
/// when the clock stands still or runs back; safe for use by several threads.
public final class IdSource {
    private static final int COUNTER_MAX = 0xFFF;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis = -1;
    private int counter;

    public IdSource(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public FactId fact() {
        return new FactId(next());
    }

    public CheckId check() {
        return new CheckId(next());
    }

    public VisitId visit() {
        return new VisitId(next());
    }

    /// A patient without a card. Random, not time-ordered: it must not tell when the patient came first.
    public PatientId patient() {
        return new PatientId(random());
    }

    public Epoch epoch() {
        return new Epoch(random());
    }

    public Instance instance() {
        return new Instance(random());
    }

    public Incarnation incarnation() {
        return new Incarnation(random());
    }

    public DeviceId device() {
        return new DeviceId(random());
    }

    private synchronized UUID next() {
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = random.nextInt(COUNTER_MAX / 2);
        } else if (++counter > COUNTER_MAX) {
            lastMillis++;
            counter = 0;
        }
        long high = (lastMillis << 16) | 0x7000L | counter;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private synchronized UUID random() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
