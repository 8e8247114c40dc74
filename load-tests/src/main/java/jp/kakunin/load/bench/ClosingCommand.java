package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.load.replay.Machine;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How long forgetting a month takes, and what those feel who record into the next one meanwhile.
@Command(
        name = "closing",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a journal with a month of facts, commits live checks of the next month at a fixed rate, and closes the",
            "first: how soon it is hidden, how soon its key is destroyed, and the live commits' p99 beside a quiet time."
        })
final class ClosingCommand implements Callable<Integer> {
    private static final double HIDDEN_AIM_SECONDS = 1;
    private static final double DESTROYED_AIM_SECONDS = 60;
    private static final double P99_RATIO_AIM = 2;
    private static final double NANOS = 1e9;
    private static final long MICROS_MAX = 60_000_000;
    private static final long POLL_NANOS = 1_000_000;

    @Option(
            names = "--facts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Facts of the month to close (default: ${DEFAULT-VALUE}).")
    private long facts;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "200",
            description = "Live commits a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--quiet",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long to measure before the month is closed (default: ${DEFAULT-VALUE}).")
    private int quietSeconds;

    @Mixin
    private BenchReport report = new BenchReport();

    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("kakunin-closing");
        try {
            Machine machine = Machine.look(folder, Path.of("."));
            out.print(machine.text());
            SecureRandom random = new SecureRandom();
            MonthKeys keys = MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), random);
            try (RocksJournal journal = RocksJournal.open(folder.resolve("store"), keys, Durability.SYNC, random)) {
                measure(journal, keys, new IdSource(clock, random), machine, out);
            }
        } finally {
            delete(folder);
        }
        return OK;
    }

    private void measure(RocksJournal journal, MonthKeys keys, IdSource ids, Machine machine, PrintWriter out)
            throws Exception {
        Instant now = clock.instant();
        TreatmentMonth month = TreatmentMonth.at(now);
        long begun = System.nanoTime();
        int clinics = new FilledMonth(ids, month, now).fill(journal, facts);
        out.printf("filled    %,d facts of %,d clinics in %.0f s%n", facts, clinics, seconds(begun));
        out.flush();
        LiveCommits live = new LiveCommits(journal, new FilledMonth(ids, month.next(), now), clinics, rate);
        live.warmUp();
        Histogram quiet = live.during(CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(quietSeconds, TimeUnit.SECONDS)));

        long closing = System.nanoTime();
        CompletableFuture<Double> hidden = CompletableFuture.supplyAsync(() -> {
            while (!month.equals(journal.closedThrough())) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            return seconds(closing);
        });
        CompletableFuture<Double> destroyed = journal.closeMonth(month).thenApply(_ -> seconds(closing));
        Histogram meanwhile = live.during(destroyed);
        if (keys.find(month) != null
                || !journal.read(FilledMonth.clinic(0), month, 0, 1).isEmpty()) {
            throw new IllegalStateException("the month is still there");
        }
        ClosedMonth left = journal.closedMonths().getLast();
        if (left.facts() != (long) clinics * FilledMonth.FACTS_OF_CLINIC) {
            throw new IllegalStateException("the receipt counts " + left.facts() + " facts");
        }
        write(machine, hidden.join(), destroyed.join(), quiet, meanwhile, out);
    }

    private void write(
            Machine machine, double hidden, double destroyed, Histogram quiet, Histogram meanwhile, PrintWriter out)
            throws IOException {
        double ratio = (double) meanwhile.getValueAtPercentile(99) / quiet.getValueAtPercentile(99);
        JsonObject result = new JsonObject()
                .put("machine", machine.json())
                .put("facts", facts)
                .put("factsOfPatient", FilledMonth.FACTS_OF_PATIENT)
                .put("hiddenSeconds", hidden)
                .put("keyDestroyedSeconds", destroyed)
                .put("liveRate", rate)
                .put("quietP50Micros", quiet.getValueAtPercentile(50))
                .put("quietP99Micros", quiet.getValueAtPercentile(99))
                .put("meanwhileP50Micros", meanwhile.getValueAtPercentile(50))
                .put("meanwhileP99Micros", meanwhile.getValueAtPercentile(99))
                .put("p99Ratio", ratio);
        String text = String.format(
                Locale.ROOT,
                "hidden    after %.3f s, aim %.0f%ndestroyed after %.2f s, aim %.0f%n"
                        + "live      %d commits/s, each fsynced, from their intended start: quiet p50 %.1f p99 %.1f ms (%d),"
                        + " meanwhile p50 %.1f p99 %.1f ms (%d), ratio %.2f, aim %.0f%n",
                hidden,
                HIDDEN_AIM_SECONDS,
                destroyed,
                DESTROYED_AIM_SECONDS,
                rate,
                quiet.getValueAtPercentile(50) / 1e3,
                quiet.getValueAtPercentile(99) / 1e3,
                quiet.getTotalCount(),
                meanwhile.getValueAtPercentile(50) / 1e3,
                meanwhile.getValueAtPercentile(99) / 1e3,
                meanwhile.getTotalCount(),
                ratio,
                P99_RATIO_AIM);
        report.write("closing", result, text, out);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / NANOS;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Commits of one fact each, each of a clinic of its own, begun when they are meant to whatever became of the
    /// others.
    private static final class LiveCommits {
        private static final int WARM_UP = 500;

        private final RocksJournal journal;
        private final FilledMonth next;
        private final long periodNanos;
        private long clinic;

        LiveCommits(RocksJournal journal, FilledMonth next, long firstClinic, int rate) {
            this.journal = journal;
            this.next = next;
            this.clinic = firstClinic;
            this.periodNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        }

        void warmUp() {
            for (int i = 0; i < WARM_UP; i++) {
                commit().join();
            }
        }

        Histogram during(CompletableFuture<?> end) {
            Histogram latencies = new ConcurrentHistogram(MICROS_MAX, 3);
            CompletableFuture<?> last = CompletableFuture.completedFuture(null);
            for (long intended = System.nanoTime(); !end.isDone(); intended += periodNanos) {
                for (long wait = intended - System.nanoTime(); wait > 0; wait = intended - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                long meant = intended;
                last = commit().thenRun(
                                () -> latencies.recordValue(Math.min(MICROS_MAX, (System.nanoTime() - meant) / 1_000)));
            }
            last.join();
            return latencies;
        }

        private CompletableFuture<?> commit() {
            return journal.commit(next.commit(FilledMonth.clinic(clinic++), Head.EMPTY, 1));
        }
    }
}
