package jp.kakunin.load.hotpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long BEGUN = 1_000;

    @Test
    void each_request_has_its_time_whenever_the_one_before_was_taken() {
        Pace pace = new Pace(BEGUN, 1_000);
        assertTrue(pace.isDue(BEGUN));
        assertEquals(BEGUN, pace.take());
        assertFalse(pace.isDue(BEGUN + 999_999));
        assertTrue(pace.isDue(BEGUN + 1_000_000));
        // Nobody looked for three milliseconds: three are due, each from its own time.
        assertEquals(BEGUN + 1_000_000, pace.take());
        assertEquals(BEGUN + 2_000_000, pace.take());
        assertEquals(BEGUN + 3_000_000, pace.take());
    }

    @Test
    void a_rate_that_divides_no_second_does_not_drift() {
        Pace pace = new Pace(BEGUN, 3);
        for (int i = 0; i < 3_000_000; i++) {
            pace.take();
        }
        assertEquals(BEGUN + 1_000_000_000_000_000L, pace.next());
    }
}
