package jp.kakunin.load.hotpath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void ten_seconds_make_a_window_and_what_is_left_over_makes_none() {
        Windows windows = new Windows();
        long count = 100;
        windows.note(0, count);
        for (int second = 1; second <= 25; second++) {
            count += second <= 10 ? 50 : 70;
            windows.note(second * SECOND, count);
        }
        assertEquals(List.of(50.0, 70.0), windows.windows());
        assertEquals(60.0, windows.median());
        assertEquals((500 + 15 * 70) / 25.0, windows.perSecond());
        assertEquals(25, windows.eachSecond().size());
    }

    @Test
    void a_second_that_was_noted_late_is_as_long_as_it_was() {
        Windows windows = new Windows();
        windows.note(0, 0);
        windows.note(2 * SECOND, 10);
        assertEquals(List.of(5.0), windows.windows());
    }
}
