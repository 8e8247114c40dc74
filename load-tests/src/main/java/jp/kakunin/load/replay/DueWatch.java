package jp.kakunin.load.replay;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// An operator looks at the worklist again and again around midnight: how long until everything that is due is shown as
/// urgent. What is due is what the scripts say.
final class DueWatch implements Aside {
    private static final String URGENT = "ONE_DAY";
    private static final long LOOK_MILLIS = 200;

    private final Plan plan;
    private final VisitTrace trace;
    private final IntPredicate isOwed;
    private final HubApi hub;
    private final Midnight midnight;
    private volatile boolean stopped;
    private volatile boolean done;
    private volatile @Nullable Double shownSeconds;
    private volatile double shownShare;
    private volatile int due;
    private volatile int wrong;
    private volatile int early;
    private volatile int open;
    private volatile long passMillis;
    private long beganNanos;
    private volatile @Nullable Duration shownAt;

    /// @param isOwed whether the visit must be on the worklist until the month ends, by its script
    DueWatch(Plan plan, VisitTrace trace, IntPredicate isOwed, HubApi hub, Midnight midnight) {
        this.plan = plan;
        this.trace = trace;
        this.isOwed = isOwed;
        this.hub = hub;
        this.midnight = midnight;
    }

    @Override
    public void begin(long atNanos) {
        beganNanos = atNanos;
        var _ = Thread.ofPlatform().name("worklist").daemon().start(this::watch);
    }

    /// Until it is done or stopped.
    void watch() {
        try {
            while (!stopped && !midnight.isPast()) {
                int urgent = look().urgent().size();
                early = midnight.isPast() ? early : Math.max(early, urgent);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            Set<UUID> owed = owed(Stage.ACKNOWLEDGED);
            due = owed.size();
            while (!stopped && shownSeconds == null) {
                Seen seen = look();
                open = seen.open();
                Set<UUID> missing = new HashSet<>(owed);
                missing.removeAll(seen.urgent());
                shownShare = owed.isEmpty() ? 0 : 1 - (double) missing.size() / owed.size();
                Set<UUID> others = new HashSet<>(seen.urgent());
                others.removeAll(owed(Stage.RECORDED));
                wrong = others.size();
                if (missing.isEmpty()) {
                    shownSeconds = midnight.secondsSince();
                    shownAt = Duration.ofNanos(System.nanoTime() - beganNanos);
                }
            }
        } catch (IOException _) {
            // What was not seen stays unmeasured, and so not met.
            stopped = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            done = true;
        }
    }

    private record Seen(Set<UUID> urgent, int open) {}

    /// The whole worklist, page after page.
    private Seen look() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Set<UUID> urgent = new HashSet<>();
        int open = 0;
        String after = "";
        while (after != null) {
            JsonObject page = hub.get("/api/worklist" + (after.isEmpty() ? "" : "?after=" + after));
            for (Object each : page.getJsonArray("items")) {
                JsonObject item = (JsonObject) each;
                open++;
                // A card that waits for its answer is owed too, and gone when the answer comes.
                if (item.getString("deadline").equals("DUE")
                        && item.getString("stage").equals(URGENT)
                        && !item.getString("standing").equals("WAITING")) {
                    urgent.add(UUID.fromString(item.getString("visit")));
                }
            }
            after = page.getString("next");
        }
        passMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        return new Seen(urgent, open);
    }

    private Set<UUID> owed(Stage least) {
        Set<UUID> ids = new HashSet<>();
        for (int visit = 0; visit < plan.size(); visit++) {
            if (trace.stage(visit).compareTo(least) >= 0 && isOwed.test(visit)) {
                UUID id = trace.id(visit);
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public List<RunReport.Measured> measured() {
        boolean isLookedAt = due > 0;
        return List.of(
                new RunReport.Measured("due.visits", "first visits due at midnight", (double) due, "visits"),
                new RunReport.Measured("due.open", "all that is on the worklist", (double) open, "visits"),
                new RunReport.Measured("due.early", "shown as urgent before midnight", (double) early, "visits"),
                new RunReport.Measured(
                        "due.shown.s", "until the last was shown as urgent, after midnight", shownSeconds, "s"),
                new RunReport.Measured("due.pass.ms", "one look at the whole worklist", (double) passMillis, "ms"),
                new RunReport.Measured(
                        "due.shown.share", "share of them that was shown", isLookedAt ? shownShare : null, ""),
                new RunReport.Measured(
                        "due.wrong",
                        "shown as urgent and not due",
                        isLookedAt ? (double) wrong + early : null,
                        "visits"));
    }

    @Override
    public List<RunReport.Milestone> milestones() {
        return List.of(new RunReport.Milestone("all that is due shown as urgent", shownAt));
    }
}
