package jp.kakunin.load.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// One run: connects the fleet, has the plan happen, waits until outboxes are empty and answers have come.
final class LoadRun {
    /// Handshakes at once before the load begins: this is not what is measured.
    private static final int CONNECTING_MAX = 32;

    private static final Duration CONNECT_MAX = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 20;
    private static final long WAIT_MILLIS_MAX = 1_000;
    private static final long START_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final Duration INTERRUPTED_DRAIN_MAX = Duration.ofSeconds(20);

    private final Scenario scenario;
    private final Plan plan;
    private final Fleet fleet;
    private final VisitTrace trace;
    private final Gauge gauge;
    private final Course course;
    private final Timeline timeline;
    private final List<Aside> asides;
    private final PlayedTime time;
    private final double roundShare;
    private final Consumer<String> progress;
    private final Map<String, Duration> milestones = new LinkedHashMap<>();
    private volatile boolean interrupted;
    private long beganNanos;
    private long endedNanos;
    private int started;
    private int settledBefore;

    /// @param time says when the load begins, once all edges are connected
    /// @param roundShare of the edges that come at a round time
    LoadRun(
            Scenario scenario,
            Plan plan,
            Fleet fleet,
            VisitTrace trace,
            Gauge gauge,
            Course course,
            Timeline timeline,
            List<Aside> asides,
            PlayedTime time,
            double roundShare,
            Consumer<String> progress) {
        this.scenario = scenario;
        this.plan = plan;
        this.fleet = fleet;
        this.trace = trace;
        this.gauge = gauge;
        this.course = course;
        this.timeline = timeline;
        this.asides = List.copyOf(asides);
        this.time = time;
        this.roundShare = roundShare;
        this.progress = progress;
    }

    /// Ends the offering early; what was offered is waited for a little, verified and reported all the same.
    void interrupt() {
        interrupted = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    Duration offered() {
        return Duration.ofNanos(endedNanos - beganNanos);
    }

    List<RunReport.Milestone> milestones() {
        List<RunReport.Milestone> all = new ArrayList<>();
        milestones.forEach((name, at) -> all.add(new RunReport.Milestone(name, at)));
        asides.forEach(each -> all.addAll(each.milestones()));
        return all;
    }

    /// Since what was away came back, or since the load began when nothing was; null when it was not reached.
    @Nullable
    Double secondsTo(String milestone) {
        Duration at = milestones.get(milestone);
        return at == null ? null : at.minus(backAt()).toNanos() / 1e9;
    }

    private Duration backAt() {
        List<RunReport.Outage> happened = timeline.happened();
        return happened.isEmpty() ? Duration.ZERO : happened.getLast().to();
    }

    void run() throws InterruptedException, UnavailableException, IOException {
        if (scenario.connect() == Scenario.Connect.BEFORE) {
            connect();
        }
        awaitBegin();
        beganNanos = System.nanoTime() + START_NANOS;
        gauge.countFrom(beganNanos + scenario.warmUp().toNanos());
        fleet.play(beganNanos);
        asides.forEach(each -> each.begin(beganNanos));
        Thread outages = timeline.start(beganNanos);
        long end = beganNanos + plan.length().toNanos();
        while (!interrupted && System.nanoTime() < end) {
            look("offering");
        }
        endedNanos = Math.max(System.nanoTime(), beganNanos + 1);
        if (interrupted) {
            fleet.stop();
            asides.forEach(Aside::stop);
        }
        timeline.hurry();
        while (outages.isAlive()) {
            look("bringing back");
        }
        Exception failure = timeline.failure();
        if (failure != null) {
            throw new IOException("what was taken away did not come back: " + failure.getMessage(), failure);
        }
        fleet.start(started, fleet.size());
        started = fleet.size();
        long drained = System.nanoTime() + (interrupted ? INTERRUPTED_DRAIN_MAX : scenario.drainMax()).toNanos();
        while (!isSettled() && System.nanoTime() < drained) {
            look("draining");
        }
        asides.forEach(Aside::stop);
        long stopped = System.nanoTime() + STOP_MAX.toNanos();
        while (!asides.stream().allMatch(Aside::isDone) && System.nanoTime() < stopped) {
            look("stopping");
        }
        look("drained");
        course.sample();
    }

    private void awaitBegin() throws InterruptedException, UnavailableException {
        time.mustNotBeLate();
        for (Duration left = time.untilBegin(); !interrupted && left.isPositive(); left = time.untilBegin()) {
            progress.accept(left.toSeconds() + " s until the load begins: midnight must fall into it");
            TimeUnit.MILLISECONDS.sleep(Math.clamp(left.toMillis(), 1, WAIT_MILLIS_MAX));
        }
    }

    private void connect() throws InterruptedException, UnavailableException {
        long deadline = System.nanoTime() + CONNECT_MAX.toNanos();
        long told = System.nanoTime();
        while (gauge.edgesConnected() < fleet.size() && !interrupted) {
            int to = Math.min(fleet.size(), gauge.edgesConnected() + CONNECTING_MAX);
            if (to > started) {
                fleet.start(started, to);
                started = to;
            }
            TimeUnit.MILLISECONDS.sleep(1);
            if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(1)) {
                told = System.nanoTime();
                progress.accept("connecting: " + gauge.edgesConnected() + " of " + fleet.size() + " edges"
                        + (gauge.errors().isEmpty() ? "" : ", errors " + gauge.errors()));
            }
            if (System.nanoTime() > deadline) {
                throw new UnavailableException("only " + gauge.edgesConnected() + " of " + fleet.size()
                        + " edges could connect: " + gauge.errors());
            }
        }
    }

    private boolean isSettled() {
        return (interrupted || gauge.arrivedVisits() == plan.size())
                && gauge.unsent() == 0
                && gauge.askedChecks() == gauge.answeredChecks()
                && gauge.edgesConnected() == fleet.size()
                && asides.stream().allMatch(Aside::isDone);
    }

    private void look(String phase) throws InterruptedException {
        long now = System.nanoTime();
        if (scenario.connect() == Scenario.Connect.MORNING) {
            startOfMorning(now - beganNanos);
        }
        note(now);
        long second = (now - beganNanos) / TimeUnit.SECONDS.toNanos(1);
        if (second > course.achieved().size()) {
            course.sample();
            progress.accept(second + " s " + phase + ": " + gauge.edgesConnected() + " edges, recorded "
                    + gauge.recordedVisits() + " of " + plan.size() + ", acknowledged " + gauge.acknowledgedVisits()
                    + ", answered " + gauge.answeredChecks() + " of " + gauge.askedChecks() + ", late "
                    + gauge.lateVisits() + (gauge.errors().isEmpty() ? "" : ", errors " + gauge.errors()));
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    /// Evenly, but for those that a round time starts.
    private void startOfMorning(long sinceNanos) {
        double part = Math.clamp((double) sinceNanos / Math.max(1, plan.length().toNanos()), 0.0, 1.0);
        double share = (1 - roundShare) * part + (part >= 0.5 ? roundShare : 0);
        int to = (int) Math.round(share * fleet.size());
        if (sinceNanos >= 0 && to > started) {
            fleet.start(started, to);
            started = to;
        }
    }

    /// Milestones count from the moment that what was away came back.
    private void note(long now) {
        boolean isBack = timeline.happened().size() == plan.outages().size();
        Duration at = Duration.ofNanos(now - beganNanos);
        if (!isBack || at.isNegative()) {
            return;
        }
        if (now - beganNanos > plan.length().toNanos() && gauge.askedChecks() == gauge.answeredChecks()) {
            milestones.putIfAbsent("all answered", at);
        }
        if (plan.outages().isEmpty()) {
            return;
        }
        long back = beganNanos + backAt().toNanos();
        milestones.putIfAbsent("back", backAt());
        if (gauge.edgesAttempted() == fleet.size()) {
            milestones.putIfAbsent("all edges tried", at);
        }
        if (gauge.edgesConnected() == fleet.size()) {
            milestones.putIfAbsent("all edges connected", at);
        }
        if (!milestones.containsKey("outboxes empty") && isAllSettledBefore(back)) {
            milestones.put("outboxes empty", at);
        }
    }

    private boolean isAllSettledBefore(long back) {
        while (settledBefore < plan.size() && beganNanos + plan.nanosAt(settledBefore) < back) {
            Stage stage = trace.stage(settledBefore);
            if (stage != Stage.ACKNOWLEDGED && stage != Stage.REFUSED && stage != Stage.DROPPED) {
                return false;
            }
            settledBefore++;
        }
        return true;
    }
}
