package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.replay.Machine;
import jp.kakunin.load.up.LocalApi;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// From the tap until it is on disk, and until the desk shows the answer.
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        description = {
            "One patient after the other at the desk of a real edge node, with a real hub on loopback. The card takes no",
            "time. Measured by the desk's own interface: from the request to read the card until the desk says that the",
            "check is recorded (it is on disk then), and until an open page, told by an event, has fetched the answer.",
            "The hub is as warm as a hub that serves a country; the edge node was just started, as on every morning."
        })
final class TapBenchCommand implements Callable<Integer> {
    private static final double AIM_DURABLE_MILLIS = 5;
    private static final double AIM_ANSWER_MILLIS_P99 = 25;
    private static final double MILLI = 1_000;
    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);
    private static final long ANSWER_MILLIS_MAX = 10_000;

    @Option(
            names = "--taps",
            paramLabel = "N",
            defaultValue = "100",
            description = "Taps that count (default: ${DEFAULT-VALUE}).")
    private int taps;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "10",
            description = "Taps before them that do not (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--hub-warm-up",
            paramLabel = "N",
            defaultValue = "300",
            description = "Taps of another clinic before that, one after the other (default: ${DEFAULT-VALUE}).")
    private int hubWarmUp;

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Milliseconds between two patients (default: ${DEFAULT-VALUE}).")
    private long pauseMillis;

    @Mixin
    private BenchReport report = new BenchReport();

    @Spec
    private CommandSpec spec;

    private final Histogram durable = new Histogram(MICROS_MAX, 3);
    private final Histogram answered = new Histogram(MICROS_MAX, 3);

    @Override
    public Integer call() throws Exception {
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        try (Site site = Site.open(launcher, hubWarmUp + warmUp + taps, InstantSource.system())) {
            Machine machine = Machine.look(site.root(), launcher.resolveSibling("."));
            out.print(machine.text());
            out.flush();
            taps(site.neighbour(), 0, hubWarmUp, 0, 0);
            taps(site, hubWarmUp, warmUp, taps, pauseMillis);
            report.write("tap", result(machine), text(), out);
        }
        return OK;
    }

    private void taps(Site site, int first, int before, int counted, long pause) throws Exception {
        try (var edge = site.startEdgeWithInstantCards(first).process();
                LocalApi desk = site.desk();
                DeskEvents page = DeskEvents.open(site.edgeRun().text("desk"))) {
            for (int i = 0; i < before + counted; i++) {
                tap(desk, page, i >= before);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
            if (!edge.isAlive()) {
                throw new IOException("the edge node ended meanwhile");
            }
        }
    }

    private void tap(LocalApi desk, DeskEvents page, boolean counts) throws IOException, InterruptedException {
        page.forget();
        long begun = System.nanoTime();
        JsonObject visit = desk.post("/api/checks", new JsonObject().put("method", "visual"));
        long recorded = System.nanoTime();
        String standing = visit.getString("standing");
        while (standing.equals("WAITING")) {
            if (!page.await(ANSWER_MILLIS_MAX)) {
                throw new IOException("no answer came to the desk");
            }
            page.forget(); // what came meanwhile is in what is fetched now
            standing = Site.standing(desk, visit.getString("visit"));
        }
        long shown = System.nanoTime();
        if (!standing.equals("CONFIRMED")) {
            throw new IOException("the visit stands at " + standing + ", not at CONFIRMED");
        }
        if (counts) {
            durable.recordValue(TimeUnit.NANOSECONDS.toMicros(recorded - begun));
            answered.recordValue(TimeUnit.NANOSECONDS.toMicros(shown - begun));
        }
    }

    private String text() {
        return line("durable", durable) + ", aim: median " + AIM_DURABLE_MILLIS + " ms\n" + line("answer", answered)
                + ", aim: p99 " + AIM_ANSWER_MILLIS_P99 + " ms\n" + "taps      " + taps + " after " + warmUp
                + " and " + hubWarmUp + " of another clinic, " + pauseMillis
                + " ms apart, visual check, every time another patient, the card's own time is none\n";
    }

    private static String line(String name, Histogram micros) {
        return String.format(
                Locale.ROOT,
                "%-9s median %.1f ms, p99 %.1f ms, max %.1f ms",
                name,
                micros.getValueAtPercentile(50) / MILLI,
                micros.getValueAtPercentile(99) / MILLI,
                micros.getMaxValue() / MILLI);
    }

    private JsonObject result(Machine machine) {
        return new JsonObject()
                .put("machine", machine.json())
                .put("taps", taps)
                .put("warmUp", warmUp)
                .put("hubWarmUp", hubWarmUp)
                .put("pauseMillis", pauseMillis)
                .put("durableMillis", json(durable))
                .put("answerMillis", json(answered))
                .put("aimDurableMillis", AIM_DURABLE_MILLIS)
                .put("aimAnswerMillisP99", AIM_ANSWER_MILLIS_P99);
    }

    private static JsonObject json(Histogram micros) {
        return new JsonObject()
                .put("median", micros.getValueAtPercentile(50) / MILLI)
                .put("p99", micros.getValueAtPercentile(99) / MILLI)
                .put("max", micros.getMaxValue() / MILLI);
    }
}
