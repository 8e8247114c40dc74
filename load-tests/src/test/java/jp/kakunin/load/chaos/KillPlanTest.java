package jp.kakunin.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import jp.kakunin.load.report.RunReport;
import org.junit.jupiter.api.Test;

final class KillPlanTest {
    @Test
    void a_plan_that_cannot_be_says_every_reason() {
        assertThatThrownBy(() -> new KillPlan(0, true, 0, -1, Duration.ZERO, 1))
                .hasMessageContaining("--times")
                .hasMessageContaining("--edges")
                .hasMessageContaining("--authority-every")
                .hasMessageContaining("--minutes");
    }

    @Test
    void every_crew_has_devices_of_its_own() {
        assertThat(new KillPlan(KillPlan.KILLS_PER_CREW, true, 6, 0, Duration.ofMinutes(1), 1).devices())
                .isEqualTo(6);
        assertThat(new KillPlan(KillPlan.KILLS_PER_CREW + 1, true, 6, 0, Duration.ofMinutes(1), 1).devices())
                .isEqualTo(12);
    }

    @Test
    void findings_name_what_is_wrong_and_stop_naming_in_time() {
        Findings findings = new Findings();
        findings.looked("");
        assertThat(findings.isGood()).isTrue();
        for (int i = 0; i < 50; i++) {
            findings.looked("missing");
            findings.example(new RunReport.Example("missing", "check " + i, "1390000011", "once", "0 times"));
        }
        findings.looked("doubled");
        findings.looked("wrong clinic");
        RunReport.Verification verification = findings.verification(3);
        assertThat(findings.isGood()).isFalse();
        assertThat(verification.acknowledged()).isEqualTo(52);
        assertThat(verification.exactlyOnce()).isEqualTo(1);
        assertThat(verification.wrong()).isEqualTo(52);
        assertThat(verification.examples()).hasSize(20);
    }
}
