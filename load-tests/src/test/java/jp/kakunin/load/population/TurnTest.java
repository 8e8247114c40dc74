package jp.kakunin.load.population;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TurnTest {
    private static final Turn LAST_CALL = new Turn(Turn.Into.LAST_CALL, Duration.ZERO);
    private static final Turn NEXT_MONTH = new Turn(Turn.Into.NEXT_MONTH, Duration.ZERO);

    @Test
    void midnight_is_japan_s() {
        Instant november = Instant.parse("2026-11-23T03:00:00Z");
        assertEquals(Instant.parse("2026-11-28T15:00:00Z"), LAST_CALL.after(november));
        assertEquals(Instant.parse("2026-11-30T15:00:00Z"), NEXT_MONTH.after(november));
    }

    @Test
    void a_midnight_that_has_begun_is_over() {
        Instant last = Instant.parse("2026-11-28T15:00:00Z");
        assertEquals(Instant.parse("2026-12-29T15:00:00Z"), LAST_CALL.after(last));
        assertEquals(last, LAST_CALL.after(last.minusMillis(1)));
        assertEquals(Instant.parse("2026-12-31T15:00:00Z"), NEXT_MONTH.after(Instant.parse("2026-11-30T15:00:00Z")));
    }
}
