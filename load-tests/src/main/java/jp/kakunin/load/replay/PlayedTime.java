package jp.kakunin.load.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.population.Turn;
import org.jspecify.annotations.Nullable;

/// The time by which hub, edges and facts of a run live: the machine's, or ahead of it so that a midnight falls into
/// the run.
///
/// @param midnight null when none is played
/// @param begin when the load must begin, in that time; null for as soon as everything is ready
record PlayedTime(
        InstantSource clock,
        Duration ahead,
        @Nullable Midnight midnight,
        @Nullable Instant begin) {
    /// What it may take until all edges are connected; whoever is ready earlier waits.
    private static final Duration READY_MAX = Duration.ofSeconds(60);

    private static final int MADE_PER_SECOND = 300;
    private static final int CONNECTED_PER_SECOND = 50;

    static PlayedTime ofMachine(InstantSource machine) {
        return new PlayedTime(machine, Duration.ZERO, null, null);
    }

    /// @param speed of the run
    /// @param firstArrivals that are made before the load begins
    static PlayedTime turning(InstantSource machine, Turn turn, double speed, int edges, int firstArrivals) {
        Duration at = Duration.ofNanos((long) (turn.at().toNanos() / speed));
        Duration ready =
                READY_MAX.plusSeconds(firstArrivals / MADE_PER_SECOND).plusSeconds(edges / CONNECTED_PER_SECOND);
        Instant midnight = turn.after(machine.instant().plus(ready).plus(at));
        Duration ahead = Duration.ofSeconds(Duration.between(machine.instant(), midnight)
                .minus(at)
                .minus(ready)
                .toSeconds());
        InstantSource clock = HubAheadCommand.clock(machine, ahead);
        return new PlayedTime(clock, ahead, new Midnight(midnight, clock), midnight.minus(at));
    }

    /// The words by which a hub of that time is started.
    List<String> hubCommand() {
        return midnight == null ? List.of("hub") : HubAheadCommand.command(ahead);
    }

    /// How long the load must still wait.
    Duration untilBegin() {
        return begin == null ? Duration.ZERO : Duration.between(clock.instant(), begin);
    }

    /// @throws UnavailableException when midnight would come earlier in the load than the scenario says
    void mustNotBeLate() throws UnavailableException {
        if (untilBegin().isNegative()) {
            throw new UnavailableException("it took " + untilBegin().negated().toSeconds()
                    + " s too long until everything was ready, and midnight does not wait: choose a smaller --scale");
        }
    }
}
