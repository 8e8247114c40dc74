package jp.kakunin.load.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulationTest {
    private static final int SEEDS = Boolean.getBoolean("kakunin.fast") ? 50 : 1_000;
    private static final long FIRST_SEED = 1;

    /// All seeds, or the one of `-Dkakunin.seed=N`; as many as `-Dkakunin.seeds=N` asks for.
    @Test
    void after_bad_days_every_promise_holds_and_every_trouble_was_seen() {
        Long only = Long.getLong("kakunin.seed");
        int seeds = only == null ? Integer.getInteger("kakunin.seeds", SEEDS) : 1;
        long first = only == null ? FIRST_SEED : only;
        Happenings all = new Happenings();
        for (long seed = first; seed < first + seeds; seed++) {
            all.add(Simulation.run(seed, Mutation.NONE));
        }
        System.out.println(seeds + " seeds: " + all);
        assertEquals(only == null && seeds >= SEEDS ? List.of() : all.neverSeen(), all.neverSeen());
    }
}
