package jp.kakunin.load.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// One bad moment of a line.
///
/// @param from, to since the day began
public record Trouble(Kind kind, Duration from, Duration to) {
    private static final Duration DELAY = Duration.ofMillis(150);
    private static final long BYTES_PER_SECOND = 20_000;
    private static final Duration SLOW_CLOSE = Duration.ofMillis(400);
    private static final long QUIET_MILLIS_MAX = 800;
    private static final long BAD_MILLIS_MAX = 1_200;

    public enum Kind {
        /// Everything arrives later.
        DELAY,
        /// Every connection breaks and no other is taken.
        CUT,
        /// A thin line.
        LIMIT,
        /// The hub hears and stores, and nobody hears that it did.
        LOST_ACKNOWLEDGEMENTS,
        /// A connection that one side has closed looks open to the other.
        SLOW_CLOSE
    }

    /// Quiet and bad moments in turn, as the random numbers will have it.
    public static List<Trouble> seeded(RandomGenerator random, Duration length) {
        List<Trouble> day = new ArrayList<>();
        Kind[] kinds = Kind.values();
        Duration at = Duration.ofMillis(random.nextLong(QUIET_MILLIS_MAX));
        while (at.compareTo(length) < 0) {
            Duration to = at.plusMillis(1 + random.nextLong(BAD_MILLIS_MAX));
            day.add(new Trouble(kinds[random.nextInt(kinds.length)], at, to));
            at = to.plusMillis(random.nextLong(QUIET_MILLIS_MAX));
        }
        return day;
    }

    void begin(Proxy line) {
        switch (kind) {
            case DELAY -> line.delay(DELAY);
            case CUT -> line.unplug();
            case LIMIT -> line.limit(BYTES_PER_SECOND);
            case LOST_ACKNOWLEDGEMENTS -> line.loseReplies();
            case SLOW_CLOSE -> {
                line.closeSlowly(SLOW_CLOSE);
                line.cutAtHub();
            }
        }
    }

    /// A connection that lost something is of no use any more.
    void end(Proxy line) {
        if (kind == Kind.LOST_ACKNOWLEDGEMENTS) {
            line.cut();
        }
        line.plug();
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " from " + from.toMillis() + " to "
                + to.toMillis() + " ms";
    }
}
