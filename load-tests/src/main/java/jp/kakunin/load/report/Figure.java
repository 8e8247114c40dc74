package jp.kakunin.load.report;

import java.util.ArrayList;
import java.util.List;

/// One number of a run that is worth comparing with that of another run.
///
/// @param name with its unit
record Figure(String name, double value, Better better) {
    enum Better {
        HIGHER,
        LOWER
    }

    private static final double MICROS = 1e6;

    static List<Figure> of(RunReport report) {
        List<Figure> figures = new ArrayList<>();
        RunReport.Counts counts = report.counts();
        double seconds = Numbers.seconds(report.scenario().duration());
        if (seconds > 0) {
            figures.add(new Figure("acknowledged checks/s", counts.acknowledged() / seconds, Better.HIGHER));
        }
        for (RunReport.Latency latency : report.latencies()) {
            if (latency.histogram().getTotalCount() > 0) {
                for (Percentile percentile : Percentile.TABLE) {
                    figures.add(lower(
                            latency.name() + " " + percentile.name() + " ms", latency.millisAt(percentile.value())));
                }
                figures.add(lower(latency.name() + " max ms", latency.millisMax()));
            }
        }
        for (RunReport.Milestone milestone : report.milestones()) {
            if (milestone.at() != null) {
                figures.add(lower(milestone.name() + " s", Numbers.seconds(milestone.at())));
            }
        }
        for (RunReport.Objective objective : report.objectives()) {
            if (objective.measured() != null) {
                boolean isLeast = objective.bound() == RunReport.Objective.Bound.AT_LEAST;
                figures.add(
                        new Figure(objective.figure(), objective.measured(), isLeast ? Better.HIGHER : Better.LOWER));
            }
        }
        for (RunReport.ProcessUse use : report.processes()) {
            if (counts.acknowledged() > 0) {
                figures.add(lower(use.name() + " CPU µs/check", use.cpuSeconds() * MICROS / counts.acknowledged()));
            }
            figures.add(lower(use.name() + " memory MiB", (double) use.residentMebibytesMax()));
        }
        figures.add(lower("late checks", (double) counts.late()));
        figures.add(lower("dropped checks", (double) counts.dropped()));
        figures.add(lower("unknown checks", (double) counts.unknown()));
        return figures;
    }

    private static Figure lower(String name, double value) {
        return new Figure(name, value, Better.LOWER);
    }
}
