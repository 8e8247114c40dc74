package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.report.ReportFiles;
import jp.kakunin.load.report.RunReport;
import org.jspecify.annotations.Nullable;

/// The same plan, played so many times, each on a fresh hub: how far a figure varies is part of it.
final class Repeats {
    private final int times;
    private final Function<Path, LoadSession> sessions;
    private volatile boolean interrupted;
    private volatile @Nullable LoadSession running;

    /// @param sessions makes a session that writes its intervals into that folder
    Repeats(int times, Function<Path, LoadSession> sessions) {
        this.times = times;
        this.sessions = sessions;
    }

    /// Ends the run that goes on early, and begins no other.
    void interrupt() {
        interrupted = true;
        LoadSession now = running;
        if (now != null) {
            now.interrupt();
        }
    }

    /// Writes the report of a single run into the folder; of several, each into a folder of its own and the last,
    /// with the spread of all, into that folder.
    RunReport run(Path folder, Consumer<RunReport> told)
            throws IOException, InterruptedException, UnavailableException {
        List<RunReport> reports = new ArrayList<>();
        for (int number = 1; number <= times && !(interrupted && number > 1); number++) {
            Path own = times == 1 ? folder : folder.resolve("repeat-" + number);
            LoadSession session = sessions.apply(own);
            running = session;
            if (interrupted) {
                session.interrupt();
            }
            RunReport report = session.run();
            reports.add(report);
            ReportFiles.write(report, own);
            if (times > 1) {
                told.accept(report);
            }
        }
        RunReport result = together(reports);
        if (times > 1) {
            ReportFiles.write(result, folder);
        }
        told.accept(result);
        return result;
    }

    /// The last of them, which knows of the others.
    static RunReport together(List<RunReport> reports) {
        if (reports.size() < 2) {
            return reports.getLast();
        }
        List<RunReport.Repeat> repeats = new ArrayList<>();
        for (RunReport each : reports) {
            repeats.add(
                    new RunReport.Repeat(repeats.size() + 1, each.scenario().seed(), each.isPassed(), each.figures()));
        }
        return reports.getLast().with(repeats);
    }
}
