package jp.kakunin.edge.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReconnectingTest {
    private static final Duration START = Duration.ofHours(1);
    private static final Duration SPREAD = Duration.ofMinutes(5);
    private static final Duration AWAY = Duration.ofMinutes(47);

    private static Reconnecting connected(int seed) {
        var edge = new Reconnecting(new Random(seed), START);
        edge.spread(SPREAD);
        edge.connected();
        return edge;
    }

    /// The first moment, in steps of a second, at which it tries.
    private static Duration next(Reconnecting edge, Duration from) {
        Duration at = from;
        while (!edge.isDue(at)) {
            at = at.plusSeconds(1);
        }
        return at;
    }

    @Test
    void whoever_has_no_patient_comes_back_within_one_spread_however_long_the_hub_was_away() {
        Duration back = START.plus(AWAY);
        int[] ofMinute = new int[6];
        for (int seed = 0; seed < 2_000; seed++) {
            Reconnecting edge = connected(seed);
            edge.lost(true, false, START);
            Duration tries = next(edge, START);
            while (tries.compareTo(back) < 0) {
                edge.attempted(tries);
                edge.lost(false, false, tries);
                tries = next(edge, tries.plusSeconds(1));
            }
            ofMinute[(int) tries.minus(back).toMinutes()]++;
        }

        assertThat(ofMinute[5]).isZero();
        for (int minute = 0; minute < 5; minute++) {
            assertThat(ofMinute[minute]).as("of 2000 in minute %s", minute).isBetween(330, 470);
        }
    }

    @Test
    void whoever_has_a_patient_tries_every_two_seconds_at_least() {
        for (int seed = 0; seed < 200; seed++) {
            Reconnecting edge = connected(seed);
            edge.lost(true, true, START);
            assertThat(edge.isDue(START)).isTrue();
            Duration tries = START;
            for (int attempt = 0; attempt < 50; attempt++) {
                edge.attempted(tries);
                edge.lost(false, true, tries);
                tries = tries.plus(Waits.URGENT_MAX);
                assertThat(edge.isDue(tries)).as("seed %s", seed).isTrue();
            }
        }
    }

    @Test
    void a_patient_who_comes_does_not_wait_for_the_edges_turn() {
        Reconnecting edge = connected(1);
        edge.lost(true, false, START);
        edge.attempted(START);
        edge.lost(false, false, START);
        Duration comes = START.plusSeconds(10);
        assertThat(edge.isDue(comes)).isFalse();

        edge.hurry(comes);

        assertThat(edge.isDue(comes)).isTrue();
    }
}
