package jp.kakunin.load.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.population.Outage;
import jp.kakunin.load.report.RunReport;
import org.jspecify.annotations.Nullable;

/// The outages of the plan, one after the other on a thread of its own, because starting a hub takes its time.
final class Timeline {
    private static final long POLL_MILLIS = 5;

    private record Step(Duration at, Outage outage, boolean begins) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<RunReport.Outage> happened = new CopyOnWriteArrayList<>();
    private final Away away;
    private final Gauge gauge;
    private volatile @Nullable Exception failure;
    private volatile boolean hurried;

    Timeline(List<Outage> outages, Away away, Gauge gauge) {
        this.away = away;
        this.gauge = gauge;
        for (Outage outage : outages) {
            steps.add(new Step(outage.from(), outage, true));
            steps.add(new Step(outage.to(), outage, false));
        }
        steps.sort(Comparator.comparing(Step::at));
    }

    /// @param beganNanos when the load began
    Thread start(long beganNanos) {
        return Thread.ofPlatform().name("outages").daemon().start(() -> run(beganNanos));
    }

    private void run(long beganNanos) {
        List<Outage> open = new ArrayList<>();
        try {
            for (Step step : steps) {
                while (!hurried && System.nanoTime() < beganNanos + step.at().toNanos()) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
                if (hurried && step.begins()) {
                    continue;
                }
                if (!hurried || open.contains(step.outage())) {
                    take(step, open, beganNanos);
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Step step, List<Outage> open, long beganNanos) throws IOException, InterruptedException {
        Outage outage = step.outage();
        if (step.begins()) {
            open.add(outage);
            away.begin(outage);
            return;
        }
        away.end(outage);
        open.remove(outage);
        long now = System.nanoTime();
        gauge.isBack(now);
        happened.add(new RunReport.Outage(
                outage.what().name().toLowerCase(Locale.ROOT)
                        + (outage.carrier().isEmpty() ? "" : " " + outage.carrier()),
                switch (outage.what()) {
                    case HUB -> "killed";
                    case LINE -> "cut";
                    case AUTHORITY -> "silent";
                },
                outage.from(),
                Duration.ofNanos(now - beganNanos)));
    }

    /// What is away comes back at once, and nothing else goes away.
    void hurry() {
        hurried = true;
    }

    List<RunReport.Outage> happened() {
        return List.copyOf(happened);
    }

    @Nullable
    Exception failure() {
        return failure;
    }
}
