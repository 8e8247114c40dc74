package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import jp.kakunin.hub.disk.StillKeys;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.verify.Findings;
import jp.kakunin.journal.Summary;
import jp.kakunin.load.population.Outage;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.Verifier;
import jp.kakunin.load.verification.VisitTrace;
import org.jspecify.annotations.Nullable;
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

    private static final Scenario SHORT = scenario(null, false);
    private static final Scenario CLAIMS =
            scenario(new Scenario.Claims(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(1), 20, 40), false);
    private static final Scenario HARMED = scenario(null, true);

    @TempDir
    Path folder;

    /// No authority answers here, so nothing is waited for after the outboxes are empty.
    private static Scenario scenario(Scenario.@Nullable Claims claims, boolean harmed) {
        return new Scenario(
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
                claims,
                null,
                harmed,
                List.of(new Scenario.Aim("acknowledged", "live.p99.ms", false, 60_000, "ms")));
    }

    @Test
    void an_honest_hub_passes_and_the_report_adds_up() throws Exception {
        RunReport report = report(SHORT, UnaryOperator.identity(), edge -> edge);
        RunReport.Verification found = verification(report);
        assertTrue(report.isPassed(), () -> ReportText.of(report));
        assertTrue(report.counts().addsUp(), () -> report.counts().toString());
        assertEquals(report.counts().planned(), found.exactlyOnce());
        assertTrue(ReportText.of(report).contains("passed"));
        assertTrue(hubVerify().isClean());
    }

    @Test
    void a_hub_that_acknowledges_and_loses_is_caught() throws Exception {
        RunReport report = report(SHORT, spoilt(SpoiltJournal::lose), edge -> edge);
        RunReport.Verification found = verification(report);
        assertFalse(report.isPassed());
        assertEquals(found.acknowledged(), found.missing());
        assertEquals("missing", found.examples().getFirst().kind());
    }

    @Test
    void a_hub_that_shows_a_check_twice_is_caught() throws Exception {
        RunReport.Verification found = verification(report(SHORT, spoilt(SpoiltJournal::doubleVisits), edge -> edge));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.doubled());
    }

    @Test
    void a_hub_that_shows_it_to_another_clinic_is_caught() throws Exception {
        RunReport.Verification found =
                verification(report(SHORT, UnaryOperator.identity(), edge -> (edge + 1) % EDGES));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.wrongClinic());
    }

    @Test
    void a_standing_that_the_script_does_not_foresee_is_caught() throws Exception {
        RunReport.Verification found = verification(report(
                SHORT, spoilt(summaries -> SpoiltJournal.stand(summaries, new Standing.Contested())), edge -> edge));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.wrongStanding());
    }

    @Test
    void facts_that_are_lost_while_what_they_derived_survives_are_seen_by_hub_verify_alone() throws Exception {
        RunReport report = report(SHORT, SpoiltJournal::losingFacts, edge -> edge);
        assertTrue(verification(report).isGood());
        assertFalse(hubVerify().isClean());
        assertTrue(report.with(new RunReport.Store(true, List.of())).isPassed());
        assertFalse(report.with(new RunReport.Store(false, List.of())).isPassed());
    }

    @Test
    void reads_of_an_honest_hub_show_each_patient_s_visits_and_no_others() throws Exception {
        RunReport report = report(CLAIMS, UnaryOperator.identity(), edge -> edge);
        assertEquals(1, measured(report, "reads.right.share"));
        assertTrue(measured(report, "reads.visits") > 0);
        assertTrue(report.latencies().stream().anyMatch(each -> each.name().equals("history")));
    }

    @Test
    void reads_that_lack_visits_or_show_those_of_others_are_caught() throws Exception {
        assertNotEquals(1, measured(report(CLAIMS, spoilt(SpoiltJournal::lose), edge -> edge), "reads.right.share"));
    }

    @Test
    void reads_that_show_a_visit_twice_are_caught() throws Exception {
        RunReport report = report(CLAIMS, spoilt(SpoiltJournal::doubleVisits), edge -> edge);
        assertNotEquals(1, measured(report, "reads.right.share"));
        assertTrue(
                report.errors().containsKey("read shows a visit twice"),
                () -> report.errors().toString());
    }

    @Test
    void what_is_harmed_is_refused_or_taken_once_and_all_others_are_there() throws Exception {
        RunReport report = report(HARMED, UnaryOperator.identity(), edge -> edge);
        Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, HARMED, EDGES, SEED);
        long poison = 0;
        for (int visit = 0; visit < plan.size(); visit++) {
            poison += plan.oddityOf(visit).isPoison() ? 1 : 0;
        }
        assertTrue(poison > 0);
        assertTrue(report.isPassed(), () -> ReportText.of(report));
        assertEquals(poison, report.counts().refused());
        assertEquals(plan.size() - poison, verification(report).exactlyOnce());
        assertTrue(report.counts().addsUp());
        assertEquals(1, measured(report, "twice.share"));
        assertEquals(0, measured(report, "quarantined.share"));
    }

    @Test
    void a_hub_that_takes_no_harm_for_granted_and_loses_the_rest_is_caught() throws Exception {
        RunReport.Verification found = verification(report(HARMED, spoilt(SpoiltJournal::lose), edge -> edge));
        assertFalse(found.isGood());
        assertEquals(found.acknowledged(), found.missing());
    }

    private static UnaryOperator<Journal> spoilt(UnaryOperator<Map<PatientMonth, Summary>> summaries) {
        return honest -> SpoiltJournal.of(honest, summaries);
    }

    private static RunReport.Verification verification(RunReport report) {
        return Objects.requireNonNull(report.verification());
    }

    private static double measured(RunReport report, String name) {
        return report.measured().stream()
                .filter(each -> each.name().equals(name))
                .map(RunReport.Measured::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + report.measured()));
    }

    private RunReport report(Scenario scenario, UnaryOperator<Journal> spoil, IntUnaryOperator readsOf)
            throws Exception {
        Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, scenario, EDGES, SEED);
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
            // No console here that would tell of the quarantine.
            Aside aside = scenario.harmed()
                    ? new QuarantineCount(plan, trace, gauge, _ -> QuarantineCountTest.items(0))
                    : new ClaimReads(plan, facts, trace, fleet, gauge);
            LoadRun run = new LoadRun(
                    scenario,
                    plan,
                    fleet,
                    trace,
                    gauge,
                    course,
                    timeline,
                    List.of(aside),
                    PlayedTime.ofMachine(HubInside.CLOCK),
                    0,
                    _ -> {});
            run.run();
            while (gauge.unsent() > 0 || !aside.isDone()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            course.sample();
            Verifier verifier = new Verifier(
                    plan, trace, TrafficModel.SHIPPED.scripts(), LoadHub::clinic, fleet.history(), facts.month(), true);
            return new Reporting(scenario, plan, 1, HubInside.CLOCK.instant(), trace, gauge, course, run, timeline)
                    .report(Machine.look(folder, folder), List.of(), aside.measured(), verifier.verify());
        }
    }

    private Findings hubVerify() throws Exception {
        Path journal = folder.resolve("journal");
        try (JournalImage image =
                JournalImage.open(journal, StillKeys.read(journal.resolve("month-keys"), new SecureRandom()))) {
            return new jp.kakunin.hub.verify.Verification(image, HubInside.CLOCK.instant(), _ -> {}, (_, _, _) -> {})
                    .run();
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
