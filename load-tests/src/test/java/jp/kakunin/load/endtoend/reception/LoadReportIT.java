package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import jp.kakunin.load.report.ReportFiles;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.report.SampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report of a load test, opened from the disk as somebody does who was sent the file.
class LoadReportIT {
    @TempDir
    Path folder;

    @Test
    void a_passed_report_is_drawn_and_can_be_read_by_everybody() throws Exception {
        look("load-report-passed", SampleRun.good());
    }

    @Test
    void a_failed_report_is_drawn_and_can_be_read_by_everybody() throws Exception {
        look("load-report-failed", SampleRun.bad());
    }

    private void look(String name, RunReport report) throws Exception {
        ReportFiles.write(report, folder.resolve(name));
        try (Browser browser = Browser.open(folder.resolve("profile"))) {
            browser.go(folder.resolve(name).resolve(ReportFiles.PAGE).toUri());
            browser.awaitScript("return document.querySelectorAll('figure').length > 5"
                    + " && [...document.querySelectorAll('figure')].every(each => each.querySelector('canvas'))");
            assertThat(browser.script("return performance.getEntriesByType('resource').length"))
                    .as("what the page fetched")
                    .isEqualTo(0L);
            browser.picture(name);
            browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");
            Axe.findsNothingOn(browser, name);
        }
    }
}
