package jp.kakunin.load.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.exchange.Limits;

/// What is to be offered.
///
/// @param edges virtual edge nodes, each the one device of its own clinic
/// @param rate facts a second over all edge nodes
/// @param batch facts of one push
/// @param liveShare share of the pushes a patient waits for, 0 to 1
public record LoadPlan(
        int edges, double rate, Duration duration, int batch, double liveShare, Arrivals.Spread spread, long seed) {
    public static final int EDGES_MAX = 5_000;
    public static final int RATE_MAX = 1_000_000;
    public static final int SECONDS_MAX = 24 * 3_600;

    public LoadPlan {
        List<String> problems = new ArrayList<>();
        if (edges < 1 || edges > EDGES_MAX) {
            problems.add("--edges must be 1 to " + EDGES_MAX + ", was " + edges);
        }
        if (!(rate > 0 && rate <= RATE_MAX)) {
            problems.add("--rate must be above 0 and at most " + RATE_MAX + " facts/s, was " + rate);
        }
        if (duration.toSeconds() < 1 || duration.toSeconds() > SECONDS_MAX) {
            problems.add("--seconds must be 1 to " + SECONDS_MAX + ", was " + duration.toSeconds());
        }
        if (batch < 1 || batch > Limits.BATCH_FACTS_MAX) {
            problems.add("--batch must be 1 to " + Limits.BATCH_FACTS_MAX + ", was " + batch);
        }
        if (!(liveShare >= 0 && liveShare <= 1)) {
            problems.add("--live-share must be 0 to 1, was " + liveShare);
        }
        if (liveShare > 0 && batch > Limits.LIVE_FACTS_MAX) {
            problems.add(
                    "a live push holds at most " + Limits.LIVE_FACTS_MAX + " facts: lower --batch or --live-share");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    double batchesPerSecond() {
        return rate / batch;
    }
}
