package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final int MANY = 100_000;

    @Test
    void both_spreads_keep_the_rate() {
        for (Arrivals.Spread spread : Arrivals.Spread.values()) {
            Arrivals arrivals = Arrivals.of(spread, 1_000, new Random(3));
            double mean = LongStream.generate(arrivals::nextGapNanos)
                    .limit(MANY)
                    .average()
                    .orElseThrow();
            assertEquals(1_000_000, mean, 10_000, spread::name);
        }
    }

    @Test
    void a_seed_repeats_the_gaps() {
        assertEquals(gaps(5), gaps(5));
    }

    @Test
    void gaps_of_people_vary_as_much_as_their_mean() {
        double variance = gaps(11).stream()
                .mapToDouble(gap -> (gap - 1e6) * (gap - 1e6))
                .average()
                .orElseThrow();
        assertEquals(1e6, Math.sqrt(variance), 2e4);
    }

    private static List<Long> gaps(long seed) {
        Arrivals arrivals = Arrivals.of(Arrivals.Spread.POISSON, 1_000, new Random(seed));
        return LongStream.generate(arrivals::nextGapNanos).limit(MANY).boxed().toList();
    }
}
