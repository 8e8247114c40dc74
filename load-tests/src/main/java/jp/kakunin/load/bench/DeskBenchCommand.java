package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.card.CardFaults;
import jp.kakunin.load.card.VirtualCard;
import jp.kakunin.load.card.VpcdLink;
import jp.kakunin.load.replay.Machine;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Each step of a visit, beside what the card itself takes.
@Command(
        name = "desk",
        mixinStandardHelpOptions = true,
        description = {
            "One patient after the other at the pages of a real edge node, with a real hub on loopback and a virtual card that",
            "knows its PIN. Each step ends when an open page has fetched what it shows; drawing it is the browser's. The card's",
            "own time is measured in the same run, at the card: from the first command of the tap to the last answer, for looking",
            "at the card and for reading it with the PIN. --card-delay makes each command take as long as a slower card does."
        })
final class DeskBenchCommand implements Callable<Integer> {
    private static final String PIN = "1234";
    private static final double MILLI = 1_000;
    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);

    enum Step {
        CARD_LOOKED_AT("card: looked at"),
        CARD_READ("card: read with the PIN"),
        PIN_READY("card seen -> PIN field ready"),
        RECORDED("PIN entered -> recorded on screen"),
        ANSWERED("recorded -> answered"),
        UNDONE("undo"),
        DEFERRED("deferral"),
        ATTESTED("oral attestation"),
        DOCUMENTED("document"),
        LOOKED_UP("history look-up");

        private final String words;

        Step(String words) {
            this.words = words;
        }
    }

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "40",
            description = "Patients that count (default: ${DEFAULT-VALUE}).")
    private int patients;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "10",
            description = "Patients before them that do not (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--card-delay",
            paramLabel = "MS",
            defaultValue = "0",
            description = "What the card needs more for each command (default: ${DEFAULT-VALUE}).")
    private long delayMillis;

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "3000",
            description = {
                "Milliseconds between two patients (default: ${DEFAULT-VALUE}). With less, the limit on how often",
                "an open page is told comes in, which no real hour at a desk reaches."
            })
    private long pauseMillis;

    @Mixin
    private BenchReport report = new BenchReport();

    @Spec
    private CommandSpec spec;

    private final Map<Step, Histogram> micros = new EnumMap<>(Step.class);

    @Override
    public Integer call() throws Exception {
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        try (Site site = Site.open(launcher, warmUp + patients, InstantSource.system())) {
            Machine machine = Machine.look(site.root(), launcher.resolveSibling("."));
            out.print(machine.text());
            out.flush();
            int port = freePort();
            try (var edge = site.startEdgeWithCards(port).process();
                    var connected = site.desk();
                    DeskPage page = DeskPage.open(site.edgeRun().text("desk"))) {
                for (int i = 0; i < warmUp + patients; i++) {
                    if (i == warmUp) {
                        micros.clear();
                    }
                    tap(page, port, site.card(i, PIN));
                    papers(page, "患者 " + i);
                    TimeUnit.MILLISECONDS.sleep(pauseMillis);
                }
                if (!edge.isAlive() || connected.get("/api/status").isEmpty()) {
                    throw new IOException("the edge node ended meanwhile");
                }
            }
            report.write("desk", result(machine), text(), out);
        }
        return OK;
    }

    private void tap(DeskPage page, int port, VirtualCard card) throws IOException, InterruptedException {
        card.misbehave(CardFaults.NONE.slow(delayMillis));
        String home;
        try (VpcdLink _ = VpcdLink.insert(port, card)) {
            home = page.await("id=\"pin\"");
            count(Step.PIN_READY, System.nanoTime() - card.firstCommandNanos());
            count(Step.CARD_LOOKED_AT, card.exchangeNanos());
            card.misbehave(CardFaults.NONE.slow(delayMillis));
            long entered = System.nanoTime();
            page.send(home, "/tap", Map.of("pin", PIN));
            page.await("data-key=\"recorded-");
            long recorded = System.nanoTime();
            count(Step.RECORDED, recorded - entered);
            count(Step.CARD_READ, card.exchangeNanos());
            home = page.await("class=\"tap good\"");
            count(Step.ANSWERED, System.nanoTime() - recorded);
        }
        page.await("<dd>" + "使えます");
        long begun = System.nanoTime();
        page.send(home, "/withdraw", Map.of());
        count(Step.UNDONE, System.nanoTime() - begun);
    }

    private void papers(DeskPage page, String name) throws IOException, InterruptedException {
        form(page, Step.DEFERRED, "/deferred", Map.of("patientName", name + " 後日"));
        form(page, Step.ATTESTED, "/oral", Map.of("patientName", name + " 再来", "basis", "own_record"));
        form(page, Step.DOCUMENTED, "/document", Map.of("patientName", name, "document", "ELIGIBILITY_CERTIFICATE"));
        form(page, Step.LOOKED_UP, "/history", Map.of("name", name));
    }

    private void form(DeskPage page, Step step, String path, Map<String, String> typed)
            throws IOException, InterruptedException {
        String html = page.get(path);
        long begun = System.nanoTime();
        String next = page.send(html, path, typed);
        count(step, System.nanoTime() - begun);
        if (!next.contains(typed.getOrDefault("patientName", typed.getOrDefault("name", "")))) {
            throw new IOException("the page after " + path + " does not show the patient");
        }
    }

    private void count(Step step, long nanos) {
        micros.computeIfAbsent(step, _ -> new Histogram(MICROS_MAX, 3))
                .recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
    }

    /// What the card takes for a whole tap: it is looked at, and then read.
    private double cardMillis(double percentile) {
        return millis(Step.CARD_LOOKED_AT, percentile) + millis(Step.CARD_READ, percentile);
    }

    private double millis(Step step, double percentile) {
        Histogram histogram = micros.get(step);
        return histogram == null ? 0 : histogram.getValueAtPercentile(percentile) / MILLI;
    }

    private String text() {
        StringBuilder lines = new StringBuilder(
                String.format(Locale.ROOT, "%-36s %9s %9s %12s%n", "step", "median", "p99", "of the card"));
        for (Step step : micros.keySet()) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%-36s %6.1f ms %6.1f ms %11.2fx%n",
                    step.words,
                    millis(step, 50),
                    millis(step, 99),
                    millis(step, 50) / cardMillis(50)));
        }
        return lines + "patients  " + patients + " after " + warmUp + ", four visits each, " + pauseMillis
                + " ms apart, "
                + delayMillis
                + " ms more for each command of the card; of the card: median to the card's median for the whole tap, "
                + String.format(Locale.ROOT, "%.1f ms%n", cardMillis(50));
    }

    private JsonObject result(Machine machine) {
        JsonObject steps = new JsonObject();
        micros.keySet()
                .forEach(step -> steps.put(
                        step.name(),
                        new JsonObject()
                                .put("median", millis(step, 50))
                                .put("p99", millis(step, 99))
                                .put("ofTheCard", millis(step, 50) / cardMillis(50))));
        return new JsonObject()
                .put("machine", machine.json())
                .put("patients", patients)
                .put("warmUp", warmUp)
                .put("pauseMillis", pauseMillis)
                .put("cardDelayMillis", delayMillis)
                .put("steps", steps);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
