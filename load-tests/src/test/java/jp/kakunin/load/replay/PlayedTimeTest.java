package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.population.Turn;
import org.junit.jupiter.api.Test;

final class PlayedTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    private Instant machine = NOW;

    @Test
    void midnight_falls_into_the_load_where_the_scenario_wants_it() throws Exception {
        Turn turn = new Turn(Turn.Into.NEXT_MONTH, Duration.ofSeconds(60));
        PlayedTime time = PlayedTime.turning(() -> machine, turn, 2, 100, 4_000);
        Duration ready = time.untilBegin();
        assertTrue(ready.compareTo(Duration.ofSeconds(40)) >= 0, ready.toString());
        time.mustNotBeLate();

        machine = NOW.plus(ready);
        Midnight midnight = time.midnight();
        assertNotNull(midnight);
        assertEquals(Duration.ZERO, time.untilBegin());
        assertEquals(Duration.ofSeconds(30), midnight.until());
        assertFalse(midnight.isPast());

        machine = machine.plusSeconds(31);
        assertTrue(midnight.isPast());
        assertEquals(1.0, midnight.secondsSince(), 1e-9);
        assertEquals(Instant.parse("2026-11-30T15:00:01Z"), time.clock().instant());
        assertEquals(
                List.of(
                        "load",
                        "hub-ahead",
                        "--ahead",
                        String.valueOf(time.ahead().toSeconds())),
                time.hubCommand());
    }

    @Test
    void a_load_that_is_not_ready_in_time_is_not_played() {
        PlayedTime time =
                PlayedTime.turning(() -> machine, new Turn(Turn.Into.LAST_CALL, Duration.ofSeconds(60)), 1, 1, 0);
        machine = NOW.plus(Duration.ofMinutes(5));
        assertThrows(UnavailableException.class, time::mustNotBeLate);
    }

    @Test
    void other_scenarios_live_by_the_machine_s_time() throws Exception {
        PlayedTime time = PlayedTime.ofMachine(() -> machine);
        time.mustNotBeLate();
        assertEquals(List.of("hub"), time.hubCommand());
        assertEquals(NOW, time.clock().instant());
    }
}
