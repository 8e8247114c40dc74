package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import jp.kakunin.domain.Standing;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.Summary;
import jp.kakunin.load.population.Outage;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.Verifier;
import jp.kakunin.load.verification.VisitTrace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The verification must find nothing at an honest hub and everything at one that lies.
@Timeout(120)
@Tag("long")
final class CanaryTest {
    private static final int EDGES = 3;
    private static final long SEED = 5;
    private static final long POLL_MILLIS = 5;

    /// No authority answers here, so nothing is waited for after the outboxes are empty.
    private static final Scenario SHORT = new Scenario(
            "canary",
            "for this test",
            EDGES,
            1,
            1,
            Scenario.Connect.BEFORE,
            0,
            Duration.ZERO,
            Duration.ZERO,
            List.of(new Scenario.Arrivals.Rate(Duration.ZERO, Duration.ofSeconds(1), 60, 0.5)),
            List.of(),
            List.of(new Scenario.Aim("acknowledged", "live.p99.ms", false, 60_000, "ms")));

    @TempDir
    Path folder;

    @Test
    void an_honest_hub_passes_and_the_report_adds_up() throws Exception {
        RunReport report = report(UnaryOperator.identity(), edge -> edge);
        RunReport.Verification found = verification(report);
        assertTrue(report.isPassed(), () -> ReportText.of(report));
        assertTrue(report.counts().addsUp(), () -> report.counts().toString());
        assertEquals(report.counts().planned(), found.exactlyOnce());
        assertTrue(ReportText.of(report).contains("passed"));
    }

    @Test
    void a_hub_that_acknowledges_and_loses_is_caught() throws Exception {
        RunReport report = report(SpoiltJournal::lose, edge -> edge);
        RunReport.Verification found = verification(report);
        assertFalse(report.isPassed());
        assertEquals(found.acknowledged(), found.missing());
        assertEquals("missing", found.examples().getFirst().kind());
    }

    @Test
    void a_hub_that_shows_a_check_twice_is_caught() throws Exception {
        RunReport.Verification found = verification(report(SpoiltJournal::doubleVisits, edge -> edge));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.doubled());
    }

    @Test
    void a_hub_that_shows_it_to_another_clinic_is_caught() throws Exception {
        RunReport.Verification found = verification(report(UnaryOperator.identity(), edge -> (edge + 1) % EDGES));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.wrongClinic());
    }

    @Test
    void a_standing_that_the_script_does_not_foresee_is_caught() throws Exception {
        RunReport.Verification found = verification(
                report(summaries -> SpoiltJournal.stand(summaries, new Standing.Contested()), edge -> edge));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.wrongStanding());
    }

    private static RunReport.Verification verification(RunReport report) {
        return Objects.requireNonNull(report.verification());
    }

    private RunReport report(UnaryOperator<Map<PatientMonth, Summary>> spoil, IntUnaryOperator readsOf)
            throws Exception {
        Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, SHORT, EDGES, SEED);
        VisitTrace trace = new VisitTrace(plan.size());
        Gauge gauge = new Gauge(EDGES);
        VisitFacts facts = new VisitFacts(
                plan,
                Persons.make(HubInside.CLOCK.instant(), new SecureRandom()),
                authority(),
                HubInside.CLOCK,
                new Random(SEED));
        try (HubInside hub = new HubInside(folder.resolve("journal"), EDGES, spoil, readsOf);
                VisitMaker maker = new VisitMaker(plan.size(), facts::make);
                Fleet fleet = new Fleet(plan, trace, gauge, maker, HubInside.CLOCK, SEED, (edge, _) -> hub.line(edge));
                Course course = new Course(gauge, folder)) {
            maker.start(plan.size());
            Timeline timeline = new Timeline(plan.outages(), new NothingGoesAway(), gauge);
            LoadRun run = new LoadRun(SHORT, plan, fleet, trace, gauge, course, timeline, 0, _ -> {});
            run.run();
            while (gauge.unsent() > 0) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            course.sample();
            Verifier verifier = new Verifier(
                    plan, trace, TrafficModel.SHIPPED.scripts(), LoadHub::clinic, fleet.history(), facts.month(), true);
            return new Reporting(SHORT, plan, 1, HubInside.CLOCK.instant(), trace, gauge, course, run, timeline)
                    .report(Machine.look(folder, folder), List.of(), verifier.verify());
        }
    }

    private static final class NothingGoesAway implements Away {
        @Override
        public void begin(Outage outage) {}

        @Override
        public void end(Outage outage) {}
    }

    private static PublicKey authority() throws Exception {
        return KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic();
    }
}
