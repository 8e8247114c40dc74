package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.report.SampleRun;
import jp.kakunin.load.report.Spread;
import org.junit.jupiter.api.Test;

final class RepeatsTest {
    private final RunReport good = SampleRun.good().with(List.of());
    private final RunReport bad = SampleRun.bad().with(List.of());

    @Test
    void each_objective_has_a_spread() {
        RunReport together = Repeats.together(List.of(good, good, good));
        assertEquals(3, together.repeats().size());
        assertTrue(together.isPassed(), () -> String.valueOf(together.problems()));
        for (RunReport.Objective each : together.objectives()) {
            assertNotNull(Spread.of(together.repeats(), each.figure()), each.name());
        }
        assertTrue(ReportText.of(together).contains("spread"));
    }

    @Test
    void one_that_did_not_pass_condemns_all() {
        RunReport together = Repeats.together(List.of(bad, good));
        assertFalse(together.isPassed());
        assertEquals(List.of("repeat 1 of 2 did not pass"), together.problems());
    }

    @Test
    void a_single_run_is_its_own_report() {
        assertEquals(good, Repeats.together(List.of(good)));
    }
}
