package jp.kakunin.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ComparisonTest {
    @TempDir
    Path folder;

    @Test
    void a_report_compared_with_itself_is_no_worse_and_nothing_is_warned_of() {
        Comparison comparison = Comparison.of(SampleRun.good(), SampleRun.good());
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.warnings()).isEmpty();
        assertThat(comparison.rows()).isNotEmpty().allMatch(row -> row.verdict().isEmpty());
    }

    @Test
    void an_objective_met_before_and_missed_now_is_worse() {
        assertThat(Comparison.of(SampleRun.good(), SampleRun.bad()).worse())
                .containsExactly(
                        "the verification is good in A and not in B",
                        "the objective \"live p99\" is met in A and not in B",
                        "the objective \"all answered\" is met in A and not in B");
        assertThat(Comparison.of(SampleRun.bad(), SampleRun.good()).worse()).isEmpty();
    }

    @Test
    void an_objective_that_is_no_longer_there_is_not_met() {
        RunReport good = SampleRun.good();
        RunReport without = SampleRun.withoutObjectives(good);
        assertThat(Comparison.of(good, without).worse()).hasSize(3);
    }

    @Test
    void other_machines_and_scenarios_are_warned_of() {
        Machine other =
                new Machine("Processor Y", 64, 7_936, "Linux 6.1", "OpenJDK 25", List.of("-Xmx1g"), "ext4", 20, 90, 80);
        assertThat(Comparison.of(SampleRun.good(), SampleRun.on(other, SampleRun.good()))
                        .warnings())
                .containsExactly(
                        "the processor differs: Processor X in A, Processor Y in B",
                        "the number of processors differs: 2 in A, 64 in B",
                        "the cost of an fsync differs: 205 µs in A, 20 µs in B",
                        "the machine of B was busy with other things: run queue 80 when it began");
    }

    @Test
    void a_difference_within_the_spread_of_the_repeats_is_called_so() {
        List<Comparison.Row> rows =
                Comparison.of(SampleRun.good(), SampleRun.of(3, good -> good)).rows();
        assertThat(verdictOn("live p99 ms", rows)).startsWith("within the spread (A ");
        assertThat(verdictOn("live p50 ms", rows)).isIn("better", "worse", "");
    }

    @Test
    void the_command_says_by_its_exit_code_whether_it_got_worse() throws Exception {
        Path good = folder.resolve("good");
        Path bad = folder.resolve("bad");
        ReportFiles.write(SampleRun.good(), good);
        ReportFiles.write(SampleRun.bad(), bad);
        var said = new StringWriter();
        var command = new CommandLine(new CompareCommand()).setOut(new PrintWriter(said));
        assertThat(command.execute(
                        bad.toString(), good.resolve(ReportFiles.JSON).toString()))
                .isZero();
        assertThat(said.toString()).contains("Nothing that A met is missed by B.");
        assertThat(command.execute(good.toString(), bad.toString())).isEqualTo(1);
        assertThat(said.toString()).contains("worse: the objective \"live p99\"");
    }

    private static String verdictOn(String figure, List<Comparison.Row> rows) {
        return rows.stream()
                .filter(row -> row.name().equals(figure))
                .findFirst()
                .orElseThrow()
                .verdict();
    }
}
