package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.HistoryReader;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// Clinics read the month that ends to be seen, again and again around the midnight after which it must be gone, and
/// somebody looks at the hub's disk: when its receipt is there, the month's key is destroyed and its tables are
/// dropped.
final class PurgeWatch implements Aside {
    private static final long LOOK_MILLIS = 5;
    private static final double MEBIBYTE = 1_048_576;
    private static final int READS_AT_ONCE = 16;
    private static final long ANSWER_SECONDS_MAX = 60;

    private final Plan plan;
    private final VisitTrace trace;
    private final TreatmentMonth month;
    private final HistoryReader history;
    private final Path receipts;
    private final Path store;
    private final Midnight midnight;
    private final List<RunReport.Milestone> milestones = new ArrayList<>();
    private volatile boolean stopped;
    private volatile boolean done;
    private long beganNanos;

    // Written by the watching thread before it is done.
    private long expected;
    private long before;
    private long storeBefore;
    private long storeAfter;
    private double lastShown;
    private @Nullable Double goneEverywhere;
    private @Nullable Double erased;

    /// @param month that is forgotten at midnight
    PurgeWatch(
            Plan plan,
            VisitTrace trace,
            TreatmentMonth month,
            HistoryReader history,
            Path receipts,
            Path store,
            Midnight midnight) {
        this.plan = plan;
        this.trace = trace;
        this.month = month;
        this.history = history;
        this.receipts = receipts;
        this.store = store;
        this.midnight = midnight;
    }

    @Override
    public void begin(long atNanos) {
        beganNanos = atNanos;
        var _ = Thread.ofPlatform().name("purge").daemon().start(this::watch);
    }

    /// Until it is done or stopped.
    void watch() {
        try {
            while (!stopped && !isOldMonthIn() && !midnight.isPast()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            expected = old(Stage.ACKNOWLEDGED);
            for (int clinic = 0; clinic < plan.clinics().size() && !stopped && !midnight.isPast(); clinic++) {
                before += all(clinic);
            }
            storeBefore = bytes(store);
            while (!stopped && midnight.until().compareTo(Duration.ofMillis(LOOK_MILLIS)) > 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            readUntilGone();
            goneEverywhere = stopped ? null : reached("gone for every clinic");
            while (!stopped && !isCertified()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            erased = stopped ? null : reached("key destroyed");
            storeAfter = bytes(store);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // What was not seen stays unmeasured, and so not met.
            stopped = true;
        } finally {
            done = true;
        }
    }

    private double reached(String milestone) {
        synchronized (milestones) {
            milestones.add(new RunReport.Milestone(milestone, Duration.ofNanos(System.nanoTime() - beganNanos)));
        }
        return midnight.secondsSince();
    }

    private boolean isOldMonthIn() {
        return old(Stage.PLANNED) == old(Stage.ACKNOWLEDGED);
    }

    private long old(Stage least) {
        long count = 0;
        for (int visit = 0; visit < plan.size(); visit++) {
            if (plan.oddityOf(visit) == Oddity.LAST_MONTH && trace.stage(visit).compareTo(least) >= 0) {
                count++;
            }
        }
        return count;
    }

    private long all(int clinic) throws Exception {
        long visits = 0;
        String after = null;
        do {
            HistoryReader.Page page =
                    history.page(LoadHub.clinic(clinic), month, after).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            visits += page.visits().size();
            after = page.next();
        } while (after != null);
        return visits;
    }

    /// A clinic for which the month is gone is not asked again.
    private void readUntilGone() throws Exception {
        List<Integer> left = new ArrayList<>();
        for (int clinic = 0; clinic < plan.clinics().size(); clinic++) {
            left.add(clinic);
        }
        while (!stopped && !left.isEmpty()) {
            List<Integer> next = new ArrayList<>();
            for (int from = 0; from < left.size(); from += READS_AT_ONCE) {
                List<Integer> some = left.subList(from, Math.min(left.size(), from + READS_AT_ONCE));
                double asked = midnight.secondsSince();
                List<CompletableFuture<Boolean>> reads =
                        some.stream().map(this::isGone).toList();
                for (int i = 0; i < some.size(); i++) {
                    if (!reads.get(i).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                        next.add(some.get(i));
                        lastShown = Math.max(lastShown, asked);
                    }
                }
            }
            left = next;
        }
    }

    private CompletableFuture<Boolean> isGone(int clinic) {
        return history.page(LoadHub.clinic(clinic), month, null)
                .handle((_, failure) -> failure instanceof HistoryReader.NotToldException said && said.isGone());
    }

    private boolean isCertified() throws IOException {
        return Files.exists(receipts) && Files.readString(receipts).contains(month.toString());
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                // Tables come and go meanwhile.
                bytes += Files.isRegularFile(file) ? file.toFile().length() : 0;
            }
        }
        return bytes;
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
    public List<RunReport.Measured> measured() throws IOException {
        boolean isLookedAt = done && goneEverywhere != null;
        return List.of(
                new RunReport.Measured("purge.visits", "visits of the old month", (double) expected, "visits"),
                new RunReport.Measured(
                        "purge.before.share",
                        "share of them shown before midnight",
                        expected == 0 ? null : (double) before / expected,
                        ""),
                new RunReport.Measured(
                        "purge.shown.s",
                        "last read sent after midnight that was not told that the month is gone",
                        isLookedAt ? lastShown : null,
                        "s"),
                new RunReport.Measured(
                        "purge.everywhere.s", "until every clinic had read that it is gone", goneEverywhere, "s"),
                new RunReport.Measured(
                        "purge.erased.s", "until its key was destroyed and the receipt written", erased, "s"),
                new RunReport.Measured(
                        "purge.store.before.MiB", "the store on disk before midnight", storeBefore / MEBIBYTE, "MiB"),
                new RunReport.Measured(
                        "purge.store.erased.MiB", "the store when it was erased", storeAfter / MEBIBYTE, "MiB"),
                new RunReport.Measured(
                        "purge.store.after.MiB", "the store at the end of the run", bytes(store) / MEBIBYTE, "MiB"));
    }

    @Override
    public List<RunReport.Milestone> milestones() {
        synchronized (milestones) {
            return List.copyOf(milestones);
        }
    }
}
