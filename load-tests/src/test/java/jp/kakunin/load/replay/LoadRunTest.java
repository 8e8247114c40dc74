package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LoadRunTest {
    private static final LoadPlan SHORT =
            new LoadPlan(2, 400, Duration.ofSeconds(1), 2, 0.5, Arrivals.Spread.POISSON, 1);

    @TempDir
    Path folder;

    @Test
    void everything_offered_is_acknowledged_found_and_reported() throws Exception {
        try (HubInside hub = new HubInside(folder.resolve("journal"), SHORT.edges(), UnaryOperator.identity())) {
            double seconds = new LoadRun(SHORT, hub.edges(), hub.days(), _ -> {}).run();
            LoadReport report = report(hub, seconds);
            report.write(folder.resolve("report"));

            Gauge.Counts counts = hub.gauge().counts();
            assertTrue(report.isGood(), report::text);
            assertEquals(counts.offered(), counts.acknowledged());
            assertEquals(
                    counts.acknowledged(),
                    report.live().getTotalCount() + report.backlog().getTotalCount());
            for (String name : List.of("report.txt", "live.hgrm", "live.hlog", "backlog.hgrm", "backlog.hlog")) {
                assertTrue(Files.size(folder.resolve("report").resolve(name)) > 0, name);
            }
            var json = new JsonObject(Files.readString(folder.resolve("report").resolve("report.json")));
            assertEquals(counts.offered(), json.getLong("offered"));
            assertEquals(SHORT.seed(), json.getLong("seed"));
        }
    }

    @Test
    void an_interrupted_run_still_reports() throws Exception {
        LoadPlan hours = new LoadPlan(2, 200, Duration.ofHours(5), 1, 0, Arrivals.Spread.CONSTANT, 1);
        try (HubInside hub = new HubInside(folder.resolve("journal"), hours.edges(), UnaryOperator.identity())) {
            List<LoadRun> holder = new ArrayList<>();
            LoadRun run = new LoadRun(hours, hub.edges(), hub.days(), _ -> holder.forEach(LoadRun::interrupt));
            holder.add(run);
            double seconds = run.run();
            assertTrue(seconds < 30);
            assertTrue(report(hub, seconds).isGood());
        }
    }

    @Test
    void a_dead_line_loses_no_count() throws Exception {
        Gauge gauge = new Gauge();
        VirtualEdge edge = new VirtualEdge(
                LoadHub.clinic(0),
                _ -> CompletableFuture.failedFuture(new IllegalStateException("dead")),
                gauge,
                HubInside.CLOCK,
                new Random(1));
        var random = new Random(1);
        ClinicDay day = new ClinicDay(edge.clinic(), HubInside.CLOCK, random, random, CardPapers.blank(random));
        for (int i = 0; i < VirtualEdge.QUEUE_MAX + 5; i++) {
            edge.offer(day.parcel(1, false), System.nanoTime());
        }
        edge.stop();
        assertEquals(VirtualEdge.QUEUE_MAX + 5, gauge.counts().offered());
        assertEquals(4, gauge.counts().dropped());
        assertEquals(0, gauge.counts().acknowledged());
        assertTrue(gauge.counts().errors().containsKey("IllegalStateException"));
    }

    @Test
    void a_plan_that_cannot_be_says_every_reason() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new LoadPlan(0, -1, Duration.ofSeconds(1), 1, 2, Arrivals.Spread.POISSON, 1));
        for (String option : List.of("--edges", "--rate", "--live-share")) {
            assertTrue(String.valueOf(refused.getMessage()).contains(option), option);
        }
    }

    private LoadReport report(HubInside hub, double seconds) throws Exception {
        return new LoadReport(
                Instant.now(),
                SHORT,
                seconds,
                hub.gauge().counts(),
                hub.gauge().live(),
                hub.gauge().backlog(),
                DataCheck.of(hub.edges()),
                Machine.look(folder, folder));
    }
}
