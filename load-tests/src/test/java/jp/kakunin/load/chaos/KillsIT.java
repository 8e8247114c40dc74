package jp.kakunin.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import jp.kakunin.load.replay.LoadHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P1, as `load kills` tries it for hours; and the proof that it can find something.
class KillsIT {
    private static final Path HOME =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final long SEED = 20_261_122;

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_survives_kills_of_hub_and_authority_over_a_bad_line() throws Exception {
        Findings findings = kill(new KillPlan(2, false, 3, 2, Duration.ofMinutes(10), SEED), false);
        assertThat(findings.isGood()).isTrue();
        assertThat(findings.verification(0).acknowledged()).isPositive();
    }

    @Test
    void what_was_acknowledged_survives_power_cuts() throws Exception {
        assertThat(kill(new KillPlan(2, true, 3, 0, Duration.ofMinutes(10), SEED), false)
                        .isGood())
                .isTrue();
    }

    @Test
    void a_hub_that_does_not_sync_is_found_out() throws Exception {
        assertThat(kill(new KillPlan(1, true, 3, 0, Duration.ofMinutes(10), SEED), true)
                        .missing())
                .isPositive();
    }

    private Findings kill(KillPlan plan, boolean noSync) throws Exception {
        Path shim = plan.powerCut() ? PowerCut.compile(folder) : null;
        try (LoadHub hub = LoadHub.prepare(null, plan.devices());
                KillRun run = new KillRun(plan, hub, HOME, shim, folder, noSync, _ -> {})) {
            KillRun.Result result = run.run();
            assertThat(result.kills()).isEqualTo(plan.times());
            return result.findings();
        }
    }
}
