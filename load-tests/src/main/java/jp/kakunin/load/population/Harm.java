package jp.kakunin.load.population;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Mixes into a plan what goes wrong now and then. However small the plan, each kind happens at least once, and clocks
/// are wrong both ways.
final class Harm {
    private static final Duration MINUTES_OFF_MAX = Duration.ofMinutes(10);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int BOTH_WAYS = 2;
    private static final int TRIES_MAX = 100;

    private final TrafficModel model;
    private final RandomGenerator random;

    Harm(TrafficModel model, RandomGenerator random) {
        this.model = model;
        this.random = random;
    }

    /// By how much the clocks of some clinics are off; each other one is behind.
    Map<Integer, Duration> clocks(int clinics) {
        Map<Integer, Duration> off = new HashMap<>();
        int years = count("wrong_year_share", clinics, BOTH_WAYS);
        int all = Math.min(clinics, years + count("skewed_share", clinics, BOTH_WAYS));
        while (off.size() < all) {
            Duration by =
                    off.size() < years ? YEAR : Duration.ofSeconds(1 + random.nextLong(MINUTES_OFF_MAX.toSeconds()));
            var _ = off.putIfAbsent(random.nextInt(clinics), off.size() % BOTH_WAYS == 0 ? by.negated() : by);
        }
        return off;
    }

    /// A clinic that is a year off records once before it hears the hub's time.
    void arrivals(Plan.Builder plan, Map<Integer, Duration> clocksOff) {
        clocksOff.forEach((clinic, off) -> {
            int first = off.abs().equals(YEAR) ? plan.firstOf(clinic) : -1;
            if (first >= 0) {
                var _ = plan.make(first, Oddity.WRONG_YEAR);
            }
        });
        some(plan, Oddity.MALFORMED, "malformed_share");
        some(plan, Oddity.TWICE, "duplicate_share");
        some(plan, Oddity.OUT_OF_ORDER, "late_share");
    }

    private void some(Plan.Builder plan, Oddity oddity, String figure) {
        int left = count(figure, plan.size(), 1);
        for (int tries = left * TRIES_MAX; left > 0 && tries > 0; tries--) {
            if (plan.make(random.nextInt(plan.size()), oddity)) {
                left--;
            }
        }
    }

    private int count(String figure, int of, int least) {
        return Math.min(of / BOTH_WAYS, Math.max(least, (int) Math.round(model.figure(figure) * of)));
    }
}
