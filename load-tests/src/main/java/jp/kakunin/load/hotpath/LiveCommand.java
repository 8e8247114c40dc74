package jp.kakunin.load.hotpath;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How many patients can be waiting at once, and what they feel of a backlog that drains.
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        description = {
            "Single live checks, one fact with card evidence a push, each synced before its reply: as many as go with a fixed",
            "number under way; or with --during-drain a modest rate, first in peace, then while a backlog drains flat out."
        })
public final class LiveCommand implements Callable<Integer> {
    private static final double AIM_CHECKS_PER_SECOND = 12_000;
    private static final double AIM_P99_MILLIS = 25;
    private static final double AIM_P99_RATIO = 2;
    private static final int DRAIN_FACTS_OF_PUSH = 50;
    /// What the warm-up left behind for compaction is gone by then.
    private static final int SETTLE_SECONDS = 15;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "Devices with a connection each, of which each may have one check under way (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--during-drain", description = "Compare a quiet time with one in which a backlog drains.")
    private boolean duringDrain;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "500",
            description =
                    "With --during-drain: checks a second, each timed from when it was meant to begin (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--drain-devices",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "With --during-drain: devices that send the backlog of all the clinics (default: ${DEFAULT-VALUE}).")
    private int drainDevices;

    @Mixin
    private Terms terms = new Terms();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Rig rig = Rig.open(null, out)) {
            if (duringDrain) {
                compare(rig, out);
            } else {
                flatOut(rig, out);
            }
        }
        return OK;
    }

    private Rig.Shape live() {
        return new Rig.Shape(1, false, true, 1, terms.seed());
    }

    private void flatOut(Rig rig, PrintWriter out) throws IOException, InterruptedException {
        Fleet fleet = rig.enrol(concurrency, 0, terms.clinics());
        rig.start(Rig.SILENT_HUB);
        Meter meter = new Meter();
        Senders senders = rig.senders(fleet, live(), meter);
        senders.driver().flatOut();
        rig.watch(meter, terms.warmUp());
        Phase phase = rig.watch(meter, terms.seconds());
        rig.stop(senders.driver());
        String text = "live      " + phase.windows().text("checks/s, each synced before its reply") + "\n"
                + "check     " + phase.latencies() + "\n"
                + "processor " + phase.cpu("check") + "\n"
                + checks(senders);
        terms.write(
                "live",
                rig,
                new JsonObject().put("concurrency", concurrency).put("live", phase.json()),
                text,
                List.of(
                        Aim.atLeast("live checks", phase.windows().perSecond(), AIM_CHECKS_PER_SECOND, "checks/s"),
                        Aim.atMost("p99 of a check", phase.millis(99), AIM_P99_MILLIS, "ms")),
                out);
    }

    private void compare(Rig rig, PrintWriter out) throws IOException, InterruptedException {
        Fleet waiting = rig.enrol(concurrency, terms.clinics(), concurrency);
        Fleet behind = rig.enrol(drainDevices, 0, terms.clinics());
        rig.start(Rig.SILENT_HUB);
        Meter meter = new Meter();
        Meter drained = new Meter();
        Senders senders = rig.senders(waiting, live(), meter);
        Senders drain =
                rig.senders(behind, new Rig.Shape(DRAIN_FACTS_OF_PUSH, true, false, 1, terms.seed() + 1), drained);
        senders.driver().paced(rate);
        drain.driver().flatOut();
        rig.watch(meter, terms.warmUp());
        rig.stop(drain.driver());
        rig.watch(meter, SETTLE_SECONDS);
        Phase quiet = rig.watch(meter, terms.seconds());
        drain.driver().flatOut();
        long before = drained.done();
        Phase during = rig.watch(meter, terms.seconds());
        double drainRate = (drained.done() - before) / during.windows().seconds();
        rig.stop(drain.driver());
        rig.stop(senders.driver());
        double ratio = during.millis(99) / quiet.millis(99);
        String text = "quiet     " + quiet.latencies() + "\n"
                + "draining  " + during.latencies() + "\n"
                + String.format(
                        Locale.ROOT,
                        "drain     %,.0f facts/s in batches of %d from %d devices, beside %d live checks/s;"
                                + " hub %.2f processors, generator %.2f%n",
                        drainRate,
                        DRAIN_FACTS_OF_PUSH,
                        drainDevices,
                        rate,
                        during.hubShare(),
                        during.ownShare())
                + checks(senders);
        terms.write(
                "live-during-drain",
                rig,
                new JsonObject()
                        .put("rate", rate)
                        .put("quiet", quiet.json())
                        .put("during", during.json())
                        .put("drainFactsPerSecond", drainRate)
                        .put("p99Ratio", ratio),
                text,
                List.of(Aim.atMost("p99 during the drain", ratio, AIM_P99_RATIO, "times the quiet one")),
                out);
    }

    private String checks(Senders senders) {
        return String.format(
                Locale.ROOT,
                "checks    %,d stored, each once; %d connections, %.0f bytes and %d of card evidence each%n",
                senders.stored(),
                concurrency,
                senders.foundry().meanBytes(),
                Papers.BYTES);
    }
}
