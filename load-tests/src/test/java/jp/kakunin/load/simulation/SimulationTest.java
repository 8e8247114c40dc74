package jp.kakunin.load.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulationTest {
    private static final int SEEDS = 1_000;
    private static final int SEEDS_WHEN_FAST = 50;
    private static final long FIRST_SEED = 1;

    /// As many seeds as `-Dkakunin.seeds=N` asks for, or only the one of `-Dkakunin.seed=N`.
    @Test
    void after_bad_days_every_promise_holds_and_every_trouble_was_seen() {
        long first = Long.getLong("kakunin.seed", FIRST_SEED);
        boolean single = System.getProperty("kakunin.seed") != null;
        int seeds = single ? 1 : Integer.getInteger("kakunin.seeds", isFast() ? SEEDS_WHEN_FAST : SEEDS);
        Happenings all = new Happenings();
        for (long seed = first; seed < first + seeds; seed++) {
            all.add(Simulation.run(seed, Mutation.NONE));
        }
        System.out.println(seeds + " seeds: " + all);
        // Some troubles are rare; a short run need not see them all.
        if (seeds >= SEEDS) {
            assertEquals(List.of(), all.neverSeen());
        }
    }

    private static boolean isFast() {
        return Boolean.getBoolean("kakunin.fast");
    }
}
