package jp.kakunin.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void the_median_stands_between_the_extremes() {
        assertEquals(new Spread(2, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(new Spread(1.5, 1, 2), Spread.of(List.of(2.0, 1.0)));
    }

    @Test
    void a_figure_is_never_shown_without_its_spread() {
        assertEquals("1,200 facts/s (1,000 to 1,300)", new Spread(1_200, 1_000, 1_300).text("facts/s", 0));
    }
}
