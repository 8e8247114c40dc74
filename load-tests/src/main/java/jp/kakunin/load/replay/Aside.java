package jp.kakunin.load.replay;

import java.io.IOException;
import java.util.List;
import jp.kakunin.load.report.RunReport;

/// Something a scenario does or watches beside the checks.
interface Aside {
    /// @param atNanos when the load begins
    void begin(long atNanos);

    /// Whether nothing more is to come of it.
    boolean isDone();

    /// The load is cut short.
    void stop();

    /// What came of it. Asked once, after the checks, while the hub still runs.
    List<RunReport.Measured> measured() throws IOException, InterruptedException;

    /// When what was waited for happened, since the load began.
    default List<RunReport.Milestone> milestones() {
        return List.of();
    }
}
