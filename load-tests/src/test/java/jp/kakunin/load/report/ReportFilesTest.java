package jp.kakunin.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFilesTest {
    /// What a page can ask a network for.
    private static final Pattern FETCHES =
            Pattern.compile("<link|<img|<iframe|\\ssrc=|@import|url\\(|fetch\\(|XMLHttpRequest|WebSocket|import\\(");

    @TempDir
    Path folder;

    @Test
    void what_is_read_back_is_what_was_written() throws Exception {
        for (RunReport report : List.of(SampleRun.good(), SampleRun.bad(), SampleRun.unverified(SampleRun.good()))) {
            ReportFiles.write(report, folder);
            assertThat(ReportFiles.read(folder)).isEqualTo(report);
            assertThat(ReportFiles.read(folder.resolve(ReportFiles.JSON))).isEqualTo(report);
        }
    }

    @Test
    void scripts_find_the_verdict_and_the_percentiles_without_decoding_anything() throws Exception {
        ReportFiles.write(SampleRun.bad(), folder);
        String json = Files.readString(folder.resolve(ReportFiles.JSON));
        assertThat(json)
                .contains("\"passed\" : false")
                .contains("\"good\" : false")
                .contains("\"p99.9\"")
                .contains("\"duration\" : 600.0");
    }

    @Test
    void another_format_is_refused_with_the_remedy() throws Exception {
        ReportFiles.write(SampleRun.good(), folder);
        Path file = folder.resolve(ReportFiles.JSON);
        String json = Files.readString(file);
        Files.writeString(file, json.replaceFirst("\"format\" : 2", "\"format\" : 99"));
        assertThatThrownBy(() -> ReportFiles.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("the program that wrote it");
    }

    @Test
    void a_report_with_a_missing_part_is_refused_and_names_it() throws Exception {
        ReportFiles.write(SampleRun.good(), folder);
        Path file = folder.resolve(ReportFiles.JSON);
        Files.writeString(file, Files.readString(file).replace("\"milestones\"", "\"millstones\""));
        assertThatThrownBy(() -> ReportFiles.read(file)).hasMessageContaining("milestones");
    }

    @Test
    void a_place_without_report_says_what_to_name() {
        assertThatThrownBy(() -> ReportFiles.read(folder)).hasMessageContaining("name a report.json");
    }

    @Test
    void histograms_lie_beside_as_their_own_tools_read_them() throws Exception {
        RunReport report = SampleRun.good();
        ReportFiles.write(report, folder);
        for (RunReport.Latency latency : report.latencies()) {
            assertThat(Files.readString(folder.resolve(latency.name() + ".hgrm")))
                    .contains("1/(1-Percentile)");
            try (var log = new HistogramLogReader(
                    folder.resolve(latency.name() + ".hlog").toFile())) {
                assertThat(log.nextIntervalHistogram()).isEqualTo(latency.histogram());
            }
        }
        assertThat(folder.resolve("hiccups.hgrm")).isNotEmptyFile();
    }

    @Test
    void what_is_served_after_the_offering_is_spread_over_the_time_it_took() {
        var rates = new RunReport.Rates(List.of(6.0, 6.0), List.of(0.0, 0.0, 4.0, 8.0, 0.0));
        assertThat(rates.servedPerSecond()).isEqualTo(3.0);
        assertThat(new RunReport.Rates(List.of(6.0), List.of(0.0)).servedPerSecond())
                .isZero();
    }

    @Test
    void the_page_asks_the_network_for_nothing() throws Exception {
        ReportFiles.write(SampleRun.bad(), folder);
        String page = Files.readString(folder.resolve(ReportFiles.PAGE));
        assertThat(FETCHES.matcher(page)
                        .results()
                        .map(found -> page.substring(found.start(), Math.min(page.length(), found.end() + 40))))
                .isEmpty();
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void what_a_report_says_cannot_become_part_of_the_page() throws Exception {
        ReportFiles.write(SampleRun.bad(), folder);
        String page = Files.readString(folder.resolve(ReportFiles.PAGE));
        assertThat(page).doesNotContain("</script><b>").contains("&lt;/script&gt;&lt;b&gt;");
    }

    @Test
    void the_page_begins_with_the_verdict() throws Exception {
        ReportFiles.write(SampleRun.good(), folder);
        assertThat(Files.readString(folder.resolve(ReportFiles.PAGE)))
                .contains("<title>L10 passed")
                .contains("✓ Passed.")
                .doesNotContain("✗");
        ReportFiles.write(SampleRun.bad(), folder);
        assertThat(Files.readString(folder.resolve(ReportFiles.PAGE)))
                .contains("<title>L10 FAILED")
                .contains("3 checks are missing, doubled, wrong or wrongly refused")
                .contains("objective missed: live p99")
                .contains("objective missed: all answered")
                .contains("not measured");
    }

    @Test
    void a_run_that_could_not_be_read_back_is_not_passed() throws Exception {
        ReportFiles.write(SampleRun.unverified(SampleRun.good()), folder);
        assertThat(SampleRun.unverified(SampleRun.good()).isPassed()).isFalse();
        assertThat(Files.readString(folder.resolve(ReportFiles.PAGE))).contains("This run proves nothing");
    }

    @Test
    void a_run_without_intended_times_claims_none() throws Exception {
        ReportFiles.write(SampleRun.closed(SampleRun.good()), folder);
        assertThat(Files.readString(folder.resolve(ReportFiles.PAGE)))
                .contains("each after the one before was answered")
                .contains("Its hiccups were not measured.")
                .doesNotContain("intended time of each check");
        ReportFiles.write(SampleRun.good(), folder);
        assertThat(Files.readString(folder.resolve(ReportFiles.PAGE)))
                .contains("at times fixed beforehand")
                .contains("intended time of each check");
    }
}
