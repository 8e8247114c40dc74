package jp.kakunin.load.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.kakunin.load.population.Figure;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.Script;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// Puts together what one run says about itself.
final class Reporting {
    private static final String VERSION = "0.1.0";
    private static final double MILLI = 1e3;

    private final Scenario scenario;
    private final Plan plan;
    private final double speed;
    private final Instant begun;
    private final VisitTrace trace;
    private final Gauge gauge;
    private final Course course;
    private final LoadRun run;
    private final Timeline timeline;

    Reporting(
            Scenario scenario,
            Plan plan,
            double speed,
            Instant begun,
            VisitTrace trace,
            Gauge gauge,
            Course course,
            LoadRun run,
            Timeline timeline) {
        this.scenario = scenario;
        this.plan = plan;
        this.speed = speed;
        this.begun = begun;
        this.trace = trace;
        this.gauge = gauge;
        this.course = course;
        this.run = run;
        this.timeline = timeline;
    }

    RunReport report(
            Machine machine,
            List<RunReport.ProcessUse> processes,
            List<RunReport.Measured> measured,
            RunReport.@Nullable Verification verification) {
        RunReport.SteadyState steady = steadyState();
        return new RunReport(
                RunReport.FORMAT,
                new RunReport.Scenario(
                        plan.scenario(),
                        scenario.title(),
                        scale(),
                        speed,
                        plan.clinics().size(),
                        plan.seed(),
                        begun,
                        run.offered(),
                        run.isInterrupted()),
                machine.forReport(),
                new RunReport.Versions(VERSION, machine.revision(), Map.of("java", machine.java())),
                assumptions(),
                counts(),
                new RunReport.Rates(offered(), course.achieved()),
                course.latencies(),
                new RunReport.Generator(RunReport.Unit.MICROSECONDS, course.hiccups(), Gauge.LATE_MICROS / MILLI),
                processes,
                gauge.errors(),
                timeline.happened(),
                course.fleet(),
                run.milestones(),
                measured,
                objectives(steady, measured),
                verification,
                null,
                steady,
                List.of());
    }

    private double scale() {
        return (double) plan.clinics().size() / scenario.clinics();
    }

    /// Neither an outage nor a backlog is meant to be steady.
    private RunReport.@Nullable SteadyState steadyState() {
        boolean isEven = scenario.arrivals().stream().allMatch(Scenario.Arrivals.Rate.class::isInstance);
        return isEven && plan.outages().isEmpty()
                ? course.steadyState(
                        (int) scenario.warmUp().toSeconds(), (int) run.offered().toSeconds())
                : null;
    }

    private RunReport.Counts counts() {
        long sent = trace.count(Stage.SENT);
        long refused = trace.count(Stage.REFUSED);
        long acknowledged = trace.count(Stage.ACKNOWLEDGED);
        return new RunReport.Counts(
                plan.size(),
                sent + refused + acknowledged,
                gauge.lateVisits(),
                trace.count(Stage.DROPPED),
                trace.count(Stage.RECORDED) + trace.count(Stage.PLANNED),
                acknowledged,
                refused,
                sent);
    }

    private List<Double> offered() {
        double[] seconds = new double[course.achieved().size()];
        for (int visit = 0; visit < plan.size(); visit++) {
            int second = (int) plan.at(visit).toSeconds();
            if (second < seconds.length) {
                seconds[second]++;
            }
        }
        return IntStream.range(0, seconds.length)
                .mapToObj(second -> seconds[second])
                .toList();
    }

    private List<RunReport.Assumption> assumptions() {
        List<RunReport.Assumption> all = new ArrayList<>();
        if (scale() < 1) {
            all.add(new RunReport.Assumption(
                    "played at " + scale() + " of the nation, arrivals and clinics alike",
                    "what this machine can run",
                    RunReport.Assumption.Kind.DERIVED));
        }
        if (speed > 1) {
            all.add(new RunReport.Assumption(
                    "arrivals and outages " + speed + " times faster than in life; waits of the protocol are not",
                    "--speed",
                    RunReport.Assumption.Kind.DERIVED));
        }
        for (Figure figure : TrafficModel.SHIPPED.figures()) {
            all.add(new RunReport.Assumption(
                    figure.text() + ": " + figure.value(), figure.source(), kind(figure.kind())));
        }
        for (Script script : TrafficModel.SHIPPED.scripts()) {
            all.add(new RunReport.Assumption(
                    "share of patients \"" + script.name() + "\": " + script.share(),
                    "no statistic found",
                    RunReport.Assumption.Kind.ASSUMPTION));
        }
        return all;
    }

    private static RunReport.Assumption.Kind kind(Figure.Kind kind) {
        return switch (kind) {
            case PUBLISHED -> RunReport.Assumption.Kind.MEASURED;
            case DERIVED -> RunReport.Assumption.Kind.DERIVED;
            case ASSUMPTION -> RunReport.Assumption.Kind.ASSUMPTION;
        };
    }

    private List<RunReport.Objective> objectives(
            RunReport.@Nullable SteadyState steady, List<RunReport.Measured> measured) {
        Map<String, @Nullable Double> measures = measures(steady);
        measured.forEach(each -> measures.put(each.name(), each.value()));
        return scenario.aims().stream()
                .map(aim -> {
                    if (!measures.containsKey(aim.measure())) {
                        throw new IllegalStateException("scenario " + scenario.name() + " aims at " + aim.measure()
                                + ", which nobody measures");
                    }
                    return new RunReport.Objective(
                            aim.name(),
                            aim.atLeast() ? RunReport.Objective.Bound.AT_LEAST : RunReport.Objective.Bound.AT_MOST,
                            aim.aim(),
                            aim.unit(),
                            measures.get(aim.measure()));
                })
                .toList();
    }

    /// By name, as the scenarios call them; null is what could not be measured.
    private Map<String, @Nullable Double> measures(RunReport.@Nullable SteadyState steady) {
        Map<String, @Nullable Double> measures = new HashMap<>();
        course.totals().forEach((name, total) -> {
            boolean isEmpty = total.getTotalCount() == 0;
            measures.put(name + ".p50.ms", isEmpty ? null : total.getValueAtPercentile(50) / MILLI);
            measures.put(name + ".p99.ms", isEmpty ? null : total.getValueAtPercentile(99) / MILLI);
        });
        measures.put("outboxes.empty.s", run.secondsTo("outboxes empty"));
        measures.put("all.connected.s", run.secondsTo("all edges connected"));
        measures.put("all.tried.s", run.secondsTo("all edges tried"));
        measures.put("all.answered.s", run.secondsTo("all answered"));
        measures.put(
                "connected.share",
                (double) gauge.edgesConnected() / plan.clinics().size());
        measures.put(
                "answered.share",
                gauge.askedChecks() == 0 ? null : (double) gauge.answeredChecks() / gauge.askedChecks());
        measures.put("steady", steady == null ? null : steady.isSteady() ? 1.0 : 0.0);
        return measures;
    }
}
