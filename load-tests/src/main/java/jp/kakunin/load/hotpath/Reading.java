package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/// Readings of patient-months while facts arrive.
final class Reading {
    static final int FACTS_OF_PUSH = 50;

    private static final double AIM_READS_PER_SECOND = 15_000;
    private static final double AIM_P99_MILLIS = 10;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "5000",
            description = "Facts a second that arrive meanwhile (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "Readings under way at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--read-rate",
            paramLabel = "R",
            defaultValue = "0",
            description =
                    "Readings a second, each timed from when it was meant to begin; 0 is as fast as it goes (default: ${DEFAULT-VALUE}).")
    private int readRate;

    /// What was read, and what arrived meanwhile.
    record Result(Phase phase, double arrivedPerSecond, double pushMillis) {}

    int concurrency() {
        return concurrency;
    }

    /// Everything has stopped when it returns.
    Result measure(Rig rig, Senders senders, Meter arriving, Readers readers, Meter meter, Terms terms)
            throws IOException, InterruptedException {
        senders.driver().paced((double) rate / FACTS_OF_PUSH);
        if (readRate > 0) {
            readers.driver().paced(readRate);
        } else {
            readers.driver().flatOut();
        }
        rig.watch(meter, terms.warmUp());
        long before = arriving.done();
        var _ = arriving.since();
        Phase phase = rig.watch(meter, terms.seconds());
        double arrived = (arriving.done() - before) / phase.windows().seconds();
        double pushMillis = arriving.since().getValueAtPercentile(99) / 1e3;
        rig.stop(readers.driver());
        rig.stop(senders.driver());
        return new Result(phase, arrived, pushMillis);
    }

    String text(Result result) {
        Phase phase = result.phase;
        return "history   " + phase.windows().text("patient-months a second") + "\n"
                + "reading   " + phase.latencies() + "\n"
                + "processor " + phase.cpu("reading") + "\n"
                + String.format(
                        Locale.ROOT,
                        "meanwhile %,.0f facts/s in batches of %d, p99 of a push %.1f ms%n"
                                + "readings  %d under way at once, %s%n",
                        result.arrivedPerSecond,
                        FACTS_OF_PUSH,
                        result.pushMillis,
                        concurrency,
                        readRate > 0
                                ? readRate + " a second, from when each was meant to begin"
                                : "as fast as they go");
    }

    JsonObject json(Result result) {
        return new JsonObject()
                .put("concurrency", concurrency)
                .put("readRate", readRate)
                .put("arrivingFactsPerSecond", result.arrivedPerSecond)
                .put("pushP99Millis", result.pushMillis)
                .put("readings", result.phase.json());
    }

    List<Aim> aims(Result result) {
        return List.of(
                Aim.atLeast("patient-months", result.phase.windows().perSecond(), AIM_READS_PER_SECOND, "readings/s"),
                Aim.atMost("p99 of a reading", result.phase.millis(99), AIM_P99_MILLIS, "ms"));
    }
}
