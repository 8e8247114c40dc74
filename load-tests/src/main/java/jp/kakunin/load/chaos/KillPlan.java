package jp.kakunin.load.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// @param times how often the hub is killed
/// @param powerCut what was not synced is lost as well
/// @param edges that push at the same time
/// @param authorityEvery with every so many kills the authority is killed too; 0 never
/// @param longest no kill begins after it
record KillPlan(int times, boolean powerCut, int edges, int authorityEvery, Duration longest, long seed) {
    static final int TIMES_MAX = 100_000;
    static final int EDGES_MAX = 200;
    /// Then fresh edges take over, so that reading everything back after each kill stays short.
    static final int KILLS_PER_CREW = 25;

    KillPlan {
        List<String> problems = new ArrayList<>();
        if (times < 1 || times > TIMES_MAX) {
            problems.add("--times must be 1 to " + TIMES_MAX + ", was " + times);
        }
        if (edges < 1 || edges > EDGES_MAX) {
            problems.add("--edges must be 1 to " + EDGES_MAX + ", was " + edges);
        }
        if (authorityEvery < 0) {
            problems.add("--authority-every must not be negative, was " + authorityEvery);
        }
        if (longest.isNegative() || longest.isZero()) {
            problems.add("--minutes must be at least 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    int devices() {
        return edges * Math.ceilDiv(times, KILLS_PER_CREW);
    }
}
