package jp.kakunin.load.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanMakerTest {
    private static final int CLINICS = 500;
    private static final long SEED = 7;

    @TempDir
    Path folder;

    @Test
    void every_shipped_scenario_can_be_planned() {
        for (Scenario scenario : Scenario.shipped()) {
            Plan plan = plan(scenario.name(), SEED);
            assertTrue(plan.size() > 0, scenario.name());
            assertEquals(CLINICS, plan.clinics().size());
            for (int i = 1; i < plan.size(); i++) {
                assertTrue(plan.nanosAt(i - 1) <= plan.nanosAt(i), scenario.name());
            }
        }
    }

    @Test
    void a_seed_repeats_the_plan_and_another_does_not() {
        assertEquals(arrivals(plan("L1", SEED)), arrivals(plan("L1", SEED)));
        assertNotEquals(arrivals(plan("L1", SEED)), arrivals(plan("L1", SEED + 1)));
    }

    @Test
    void the_first_minutes_after_opening_are_busier_by_the_burst() {
        Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L1"), 20_000, SEED);
        // From 08:57: opening is at minute 3, its burst ends at minute 8.
        double burst = countIn(plan, 3, 8);
        double after = countIn(plan, 8, 13);
        double opening = TrafficModel.SHIPPED.figure("opening_burst");
        double rest = (1 - opening / 12) / (1 - 1 / 12.0);
        assertEquals(opening / rest, burst / after, 0.1);
    }

    @Test
    void patients_bring_what_the_model_says() {
        Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L1"), 20_000, SEED);
        List<Script> scripts = TrafficModel.SHIPPED.scripts();
        for (int script = 0; script < scripts.size(); script++) {
            int of = script;
            double share = (double) IntStream.range(0, plan.size())
                            .filter(i -> plan.scriptOf(i) == of)
                            .count()
                    / plan.size();
            assertEquals(
                    scripts.get(script).share(),
                    share,
                    0.02,
                    scripts.get(script).name());
        }
    }

    @Test
    void faster_shortens_arrivals_and_outages_alike() {
        Plan plan = plan("L4", SEED);
        Plan faster = plan.faster(10);
        assertEquals(plan.size(), faster.size());
        assertEquals(plan.nanosAt(plan.size() - 1) / 10.0, (double) faster.nanosAt(faster.size() - 1), 2_000);
        assertEquals(
                plan.outages().getFirst().from().dividedBy(10),
                faster.outages().getFirst().from());
        assertThrows(IllegalArgumentException.class, () -> plan.faster(0.5));
    }

    @Test
    void a_harmed_plan_has_some_of_each_however_small_it_is() {
        for (int clinics : List.of(10, CLINICS)) {
            Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L9"), clinics, SEED);
            for (Oddity oddity : List.of(Oddity.MALFORMED, Oddity.TWICE, Oddity.OUT_OF_ORDER, Oddity.WRONG_YEAR)) {
                assertTrue(odd(plan, oddity) > 0, clinics + " clinics, " + oddity);
            }
            assertEquals(2, odd(plan, Oddity.WRONG_YEAR));
            assertTrue(plan.clinics().stream().anyMatch(each -> each.clockOff().isPositive()));
            assertTrue(plan.clinics().stream().anyMatch(each -> each.clockOff().isNegative()));
            assertTrue(odd(plan, Oddity.NONE) > plan.size() / 2);
        }
        Plan large = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L9"), 10_000, SEED);
        assertEquals(0.001, (double) odd(large, Oddity.MALFORMED) / large.size(), 1e-4);
        assertEquals(0.01, (double) odd(large, Oddity.TWICE) / large.size(), 1e-4);
    }

    @Test
    void a_clinic_reads_its_patient_months_within_its_minute() {
        Scenario.Claims claims = Objects.requireNonNull(Scenario.named("L6").claims());
        Plan plan = plan("L6", SEED);
        Map<Integer, List<Plan.Read>> ofClinic =
                plan.reads().stream().collect(Collectors.groupingBy(Plan.Read::clinic));
        assertEquals(CLINICS, ofClinic.size());
        ofClinic.values().forEach(reads -> {
            long took = reads.getLast().atMicros() - reads.getFirst().atMicros();
            assertTrue(took <= claims.within().toNanos() / 1_000);
            assertTrue(reads.size() >= claims.readsMin() && reads.size() <= claims.readsMax());
            assertTrue(reads.getLast().atMicros() <= claims.to().toNanos() / 1_000);
        });
    }

    @Test
    void a_replay_file_brings_the_plan_back() throws IOException {
        Plan plan = plan("L4", SEED);
        Path file = folder.resolve("plan.avro");
        ReplayFile.write(plan, file);
        Plan read = ReplayFile.read(file);
        assertEquals(arrivals(plan), arrivals(read));
        assertEquals(plan.clinics(), read.clinics());
        assertEquals(plan.outages(), read.outages());
        assertEquals(plan.seed(), read.seed());
        assertEquals(plan.scenario(), read.scenario());
    }

    @Test
    void a_file_that_is_no_replay_file_is_refused_by_name() throws IOException {
        Path file = folder.resolve("other.avro");
        Files.writeString(file, "not a plan");
        IOException refused = assertThrows(IOException.class, () -> ReplayFile.read(file));
        assertTrue(String.valueOf(refused.getMessage()).contains("other.avro"));
    }

    @Test
    void a_replay_file_brings_reads_and_oddities_back() throws IOException {
        for (String scenario : List.of("L6", "L8", "L9")) {
            Plan plan = plan(scenario, SEED);
            Path file = folder.resolve(scenario);
            ReplayFile.write(plan, file);
            Plan read = ReplayFile.read(file);
            assertEquals(arrivals(plan), arrivals(read));
            assertEquals(plan.clinics(), read.clinics());
            assertEquals(plan.reads(), read.reads());
            assertEquals(plan.reads().size(), plan.faster(2).reads().size());
            assertEquals(
                    plan.length().toMillis() / 2.0,
                    (double) plan.faster(2).length().toMillis(),
                    2.0);
        }
    }

    private static long odd(Plan plan, Oddity oddity) {
        return IntStream.range(0, plan.size())
                .filter(i -> plan.oddityOf(i) == oddity)
                .count();
    }

    private static Plan plan(String scenario, long seed) {
        return PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named(scenario), CLINICS, seed);
    }

    private static double countIn(Plan plan, int fromMinute, int toMinute) {
        return IntStream.range(0, plan.size())
                .filter(i -> plan.at(i).compareTo(Duration.ofMinutes(fromMinute)) >= 0
                        && plan.at(i).compareTo(Duration.ofMinutes(toMinute)) < 0)
                .count();
    }

    private static List<String> arrivals(Plan plan) {
        return IntStream.range(0, plan.size())
                .mapToObj(i -> plan.nanosAt(i) + " " + plan.clinicOf(i) + " " + plan.scriptOf(i) + " " + plan.isLive(i)
                        + " " + plan.oddityOf(i))
                .toList();
    }
}
