package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import org.junit.jupiter.api.Test;

final class VisitFactsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    @Test
    void what_is_odd_about_a_visit_is_in_its_fact_and_in_no_other() throws Exception {
        Set<Oddity> seen = EnumSet.noneOf(Oddity.class);
        for (String scenario : List.of("L8", "L9")) {
            Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named(scenario), 20, 9);
            VisitFacts facts = facts(plan);
            for (int visit = 0; visit < plan.size(); visit++) {
                seen.add(plan.oddityOf(visit));
                MadeVisit made = facts.make(visit);
                Fact.CheckRecorded check =
                        assertInstanceOf(Fact.CheckRecorded.class, made.fact().fact());
                Duration off = plan.clinics().get(plan.clinicOf(visit)).clockOff();
                boolean isYear = off.abs().toDays() > 0;
                TreatmentMonth month = check.envelope().month();
                Duration captured = Duration.between(NOW, check.envelope().capturedAt());
                assertEquals(facts.patientOf(visit), check.envelope().patient());
                assertEquals(facts.kindOf(visit), check.kind());
                assertTrue(month.contains(check.treatmentDate()));
                assertEquals(
                        plan.oddityOf(visit) == Oddity.WRONG_YEAR,
                        check.envelope().clockDoubtful());
                assertEquals(
                        plan.oddityOf(visit) == Oddity.MALFORMED,
                        FactCodec.decode(made.encoded()) instanceof Decoded.Unreadable);
                switch (plan.oddityOf(visit)) {
                    case LAST_MONTH -> assertEquals(facts.monthBefore(), month);
                    case WRONG_YEAR -> {
                        assertNotEquals(facts.month(), month);
                        assertEquals(off, captured);
                    }
                    case OUT_OF_ORDER -> assertTrue(captured.compareTo(isYear ? Duration.ZERO : off) < 0);
                    case NONE, MALFORMED, TWICE -> {
                        assertEquals(facts.month(), month);
                        assertEquals(isYear ? Duration.ZERO : off, captured);
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(Oddity.class), seen);
        assertFalse(seen.isEmpty());
    }

    private static VisitFacts facts(Plan plan) throws Exception {
        return new VisitFacts(
                plan,
                Persons.make(NOW, new SecureRandom()),
                KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic(),
                () -> NOW,
                new Random(4));
    }
}
