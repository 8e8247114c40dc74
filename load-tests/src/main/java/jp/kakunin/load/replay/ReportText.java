package jp.kakunin.load.replay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.report.Spread;

/// A report for the terminal.
final class ReportText {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);

    private ReportText() {}

    static String of(RunReport report) {
        StringBuilder text = new StringBuilder();
        RunReport.Scenario scenario = report.scenario();
        line(
                text,
                "scenario",
                String.format(
                        Locale.ROOT,
                        "%s: %s; %d edges, scale %.4f, speed %.0f, seed %d, %d s%s",
                        scenario.name(),
                        scenario.title(),
                        scenario.edges(),
                        scenario.scale(),
                        scenario.speed(),
                        scenario.seed(),
                        scenario.duration().toSeconds(),
                        scenario.interrupted() ? ", INTERRUPTED" : ""));
        RunReport.Counts counts = report.counts();
        line(
                text,
                "checks",
                String.format(
                        Locale.ROOT,
                        "planned %d, sent %d (late %d), dropped %d, never sent %d; acknowledged %d, refused %d, unknown %d",
                        counts.planned(),
                        counts.sent(),
                        counts.late(),
                        counts.dropped(),
                        counts.neverSent(),
                        counts.acknowledged(),
                        counts.refused(),
                        counts.unknown()));
        for (RunReport.Latency latency : report.latencies()) {
            StringBuilder of = new StringBuilder();
            PERCENTILES.forEach(each ->
                    of.append(String.format(Locale.ROOT, "p%s %.1f ms, ", number(each), latency.millisAt(each))));
            line(
                    text,
                    latency.name(),
                    String.format(
                            Locale.ROOT,
                            "%smax %.1f ms of %d, %s",
                            of,
                            latency.millisMax(),
                            latency.histogram().getTotalCount(),
                            latency.meaning()));
        }
        line(
                text,
                "tester",
                String.format(
                        Locale.ROOT,
                        "woke too late by p99 %.1f ms, max %.1f ms",
                        millis(report.generator(), 99),
                        millis(report.generator(), 100)));
        if (report.fleet().handshakes() > 0) {
            line(
                    text,
                    "TLS",
                    String.format(
                            Locale.ROOT,
                            "%d handshakes, %d of them resumed",
                            report.fleet().handshakes(),
                            report.fleet().resumed()));
        }
        report.processes()
                .forEach(each -> line(
                        text,
                        each.name(),
                        String.format(
                                Locale.ROOT,
                                "%.1f s of processor, %d MiB at most",
                                each.cpuSeconds(),
                                each.residentMebibytesMax())));
        report.errors()
                .forEach((kind, count) -> line(text, "error", String.format(Locale.ROOT, "%s: %d", kind, count)));
        report.outages()
                .forEach(each -> line(
                        text,
                        "outage",
                        String.format(
                                Locale.ROOT,
                                "%s %s, %s to %s",
                                each.what(),
                                each.cause(),
                                s(each.from()),
                                s(each.to()))));
        report.milestones().forEach(each -> {
            Duration at = each.at();
            line(text, "at", String.format(Locale.ROOT, "%s: %s", at == null ? "never" : s(at), each.name()));
        });
        report.measured()
                .forEach(each -> line(
                        text,
                        "measured",
                        String.format(
                                Locale.ROOT,
                                "%s: %s %s",
                                each.meaning(),
                                each.value() == null
                                        ? "not measured"
                                        : String.format(Locale.ROOT, "%.3f", each.value()),
                                each.unit())));
        RunReport.SteadyState steady = report.steadyState();
        if (steady != null) {
            line(
                    text,
                    "steady",
                    String.format(
                            Locale.ROOT,
                            "%s: first third %.0f/s, p50 %.1f, p99 %.1f ms; last third %.0f/s, p50 %.1f, p99 %.1f ms",
                            steady.isSteady() ? "yes" : "NO",
                            steady.first().achievedPerSecond(),
                            steady.first().p50Millis(),
                            steady.first().p99Millis(),
                            steady.last().achievedPerSecond(),
                            steady.last().p50Millis(),
                            steady.last().p99Millis()));
        }
        report.objectives()
                .forEach(each -> line(
                        text,
                        each.isPassed() ? "met" : "MISSED",
                        String.format(
                                Locale.ROOT,
                                "%s: %s %s, aim %s %s",
                                each.name(),
                                each.measured() == null
                                        ? "not measured"
                                        : String.format(Locale.ROOT, "%.3f", each.measured()),
                                each.unit(),
                                each.bound() == RunReport.Objective.Bound.AT_LEAST ? "at least" : "at most",
                                each.aim())));
        for (RunReport.Objective each : report.objectives()) {
            Spread spread = Spread.of(report.repeats(), each.figure());
            if (spread != null) {
                line(
                        text,
                        "spread",
                        String.format(
                                Locale.ROOT,
                                "%s: median %.3f, %.3f to %.3f %s in %d runs",
                                each.name(),
                                spread.median(),
                                spread.least(),
                                spread.most(),
                                each.unit(),
                                report.repeats().size()));
            }
        }
        verification(text, report);
        RunReport.Store store = report.store();
        line(
                text,
                "store",
                store == null
                        ? "not looked at: the hub is not the tester's own"
                        : store.isClean() ? "hub verify found no difference" : "hub verify FOUND DIFFERENCES:");
        if (store != null && !store.isClean()) {
            store.said().forEach(each -> line(text, "", each));
        }
        line(text, "result", report.isPassed() ? "passed" : "FAILED: " + String.join("; ", report.problems()));
        return text.toString();
    }

    private static void verification(StringBuilder text, RunReport report) {
        RunReport.Verification found = report.verification();
        if (found == null) {
            line(text, "verified", "NOTHING: what the hub holds could not be read back");
            return;
        }
        line(
                text,
                "verified",
                String.format(
                        Locale.ROOT,
                        "%d acknowledged checks through the history: exactly once %d, missing %d, doubled %d, wrong clinic %d,"
                                + " wrong standing %d, wrongly refused %d; unknown: found %d, not found %d",
                        found.acknowledged(),
                        found.exactlyOnce(),
                        found.missing(),
                        found.doubled(),
                        found.wrongClinic(),
                        found.wrongStanding(),
                        found.refusedWrongly(),
                        found.unknownFound(),
                        found.unknownNotFound()));
        found.examples()
                .forEach(each -> line(
                        text,
                        "",
                        String.format(
                                Locale.ROOT,
                                "%s: visit %s of clinic %s, expected %s, found %s",
                                each.kind(),
                                each.check(),
                                each.clinic(),
                                each.expected(),
                                each.found())));
    }

    private static double millis(RunReport.Generator generator, double percentile) {
        return generator.unit().millis((double) generator.hiccups().getValueAtPercentile(percentile));
    }

    private static String s(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
    }

    private static String number(double percentile) {
        return percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile);
    }

    private static void line(StringBuilder text, String name, String content) {
        text.append(String.format(Locale.ROOT, "%-10s", name)).append(content).append('\n');
    }
}
