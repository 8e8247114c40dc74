package jp.kakunin.load.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One run: what was offered, served, verified and assumed, and on which machine. Times inside are offsets from
/// `begun`;
/// lists "per second" have one entry for each second of the run, the first for second 0.
///
/// @param latencies of everything somebody waited for; the first is the one that matters most
/// @param errors how often, by kind
/// @param measured what this scenario is about, beside the checks
/// @param verification null when nothing could be read back: then the run proves nothing
/// @param store null when the store could not be looked at because the hub is not the tester's own
/// @param steadyState null when the run was too short, or is not meant to be steady
/// @param repeats the same run again, this one among them; empty when it ran once
public record RunReport(
        int format,
        Scenario scenario,
        Machine machine,
        Versions versions,
        List<Assumption> assumptions,
        Counts counts,
        Rates rates,
        List<Latency> latencies,
        Generator generator,
        List<ProcessUse> processes,
        Map<String, Long> errors,
        List<Outage> outages,
        Fleet fleet,
        List<Milestone> milestones,
        List<Measured> measured,
        List<Objective> objectives,
        @Nullable Verification verification,
        @Nullable Store store,
        @Nullable SteadyState steadyState,
        List<Repeat> repeats) {
    /// Raised when the JSON changes so that an older reader would misunderstand it.
    public static final int FORMAT = 2;

    public RunReport {
        assumptions = List.copyOf(assumptions);
        latencies = List.copyOf(latencies);
        processes = List.copyOf(processes);
        errors = sorted(errors);
        outages = List.copyOf(outages);
        milestones = List.copyOf(milestones);
        measured = List.copyOf(measured);
        objectives = List.copyOf(objectives);
        repeats = List.copyOf(repeats);
    }

    /// Nothing acknowledged is lost, doubled or wrong, every objective is met, and the run was not cut short.
    public boolean isPassed() {
        return problems().isEmpty();
    }

    /// Why it is not passed, in the order of weight.
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (verification == null) {
            problems.add("what the hub holds could not be read back");
        } else if (!verification.isGood()) {
            problems.add(verification.wrong() + " checks are missing, doubled, wrong or wrongly refused");
        }
        if (store != null && !store.isClean()) {
            problems.add("hub verify found what the hub derived to differ from its facts");
        }
        for (Objective objective : objectives) {
            if (!objective.isPassed()) {
                problems.add("objective missed: " + objective.name());
            }
        }
        for (Repeat repeat : repeats) {
            if (!repeat.isPassed()) {
                problems.add("repeat " + repeat.number() + " of " + repeats.size() + " did not pass");
            }
        }
        if (scenario.interrupted()) {
            problems.add("the run was interrupted");
        }
        return problems;
    }

    /// The numbers worth comparing, by name with unit; what [Repeat#figures] of this run is.
    public Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        Figure.of(this).forEach(figure -> figures.put(figure.name(), figure.value()));
        return figures;
    }

    /// The same with what is known only when the hub has stopped.
    public RunReport with(@Nullable Store found) {
        return with(found, repeats);
    }

    /// The same with the runs it is one of.
    public RunReport with(List<Repeat> all) {
        return with(store, all);
    }

    private RunReport with(@Nullable Store found, List<Repeat> all) {
        return new RunReport(
                format,
                scenario,
                machine,
                versions,
                assumptions,
                counts,
                rates,
                latencies,
                generator,
                processes,
                errors,
                outages,
                fleet,
                milestones,
                measured,
                objectives,
                verification,
                found,
                steadyState,
                all);
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /// @param name as on the command line, e.g. `L10`
    /// @param title one sentence: what the scenario is about
    /// @param scale share of the nation that was played, 1.0 being all clinics; 0 when it is about no nation
    /// @param speed how much faster than real time, 1.0 being real time
    /// @param edges virtual edge nodes, each with its own connection, certificate and stream
    /// @param duration of the offering, without preparation and verification
    public record Scenario(
            String name,
            String title,
            double scale,
            double speed,
            int edges,
            long seed,
            Instant begun,
            Duration duration,
            boolean interrupted) {}

    /// @param kakunin the product's own version
    /// @param revision the git commit; ends in `-dirty` when the sources were changed since
    /// @param libraries versions that matter for the figures, by name
    public record Versions(String kakunin, String revision, Map<String, String> libraries) {
        public Versions {
            libraries = sorted(libraries);
        }
    }

    /// Something the figures rest on.
    ///
    /// @param source where it is from: a publication, a computation, or who assumed it
    public record Assumption(String text, String source, Kind kind) {
        public enum Kind {
            MEASURED,
            DERIVED,
            ASSUMPTION
        }
    }

    /// All in checks. planned = sent + dropped + never sent; sent = acknowledged + refused + unknown.
    ///
    /// @param late sent, but later after their intended time than the tester allows itself; counted in `sent` too
    /// @param dropped never sent because the tester itself could not keep up
    /// @param neverSent still waiting at an edge when the run ended
    /// @param refused the hub answered that it will not have them
    /// @param unknown sent, and no answer came: they may be stored or not
    public record Counts(
            long planned,
            long sent,
            long late,
            long dropped,
            long neverSent,
            long acknowledged,
            long refused,
            long unknown) {
        public boolean addsUp() {
            return planned == sent + dropped + neverSent && sent == acknowledged + refused + unknown;
        }
    }

    /// Checks per second of the run: intended, and acknowledged.
    public record Rates(List<Double> offered, List<Double> achieved) {
        public Rates {
            offered = List.copyOf(offered);
            achieved = List.copyOf(achieved);
        }

        /// Until the last acknowledgement: what a hub that was away missed is served after the offering.
        double servedPerSecond() {
            int seconds = achieved.size();
            while (seconds > 0 && achieved.get(seconds - 1) == 0) {
                seconds--;
            }
            return achieved.stream().mapToDouble(Double::doubleValue).sum() / Math.max(1, seconds);
        }
    }

    /// One kind of waiting, counted from the intended start.
    ///
    /// @param name short, also of its files: `live`, `backlog`
    /// @param meaning from when to when
    /// @param histogram of the whole run, to be read only
    public record Latency(String name, String meaning, Unit unit, Histogram histogram, List<LatencySecond> seconds) {
        public Latency {
            if (!name.matches("[a-z0-9-]+")) {
                throw new IllegalArgumentException("a latency is named in a-z, 0-9 and -, was " + name);
            }
            histogram = histogram.copy();
            seconds = List.copyOf(seconds);
        }

        /// In milliseconds, whatever the unit of the histogram.
        public double millisAt(double percentile) {
            return unit.millis((double) histogram.getValueAtPercentile(percentile));
        }

        public double millisMax() {
            return unit.millis((double) histogram.getMaxValue());
        }
    }

    public enum Unit {
        NANOSECONDS(1e-6),
        MICROSECONDS(1e-3),
        MILLISECONDS(1);

        private final double millis;

        Unit(double millis) {
            this.millis = millis;
        }

        public double millis(double value) {
            return value * millis;
        }
    }

    /// What ended within one second of the run; a second in which nothing ended is left out.
    ///
    /// @param p50 in milliseconds, as the others
    public record LatencySecond(int second, long count, double p50, double p99, double max) {}

    /// How far the tester itself can be trusted.
    ///
    /// @param hiccups by how much its own timer woke too late, to be read only
    /// @param lateAfterMillis a send later than that after its intended time is counted as late; 0 when each waits
    ///     for the reply before and has no intended time
    public record Generator(Unit unit, Histogram hiccups, double lateAfterMillis) {
        public Generator {
            hiccups = hiccups.copy();
        }

        /// Whether checks were sent at their time, whatever became of those before.
        public boolean isOpen() {
            return lateAfterMillis > 0;
        }
    }

    /// @param name `generator`, `hub`, `authority`
    /// @param cpuSeconds of all its threads during the offering
    /// @param residentMebibytesMax the most memory it held
    public record ProcessUse(String name, double cpuSeconds, long residentMebibytesMax) {}

    /// Something was away on purpose.
    ///
    /// @param what `hub`, `authority`, `line`
    /// @param cause how: killed, stopped, cut
    public record Outage(String what, String cause, Duration from, Duration to) {}

    /// Per second of the run.
    ///
    /// @param unsentFacts recorded at the edges and not acknowledged
    /// @param handshakes of TLS that came to their end
    /// @param resumed those of them that were short, by the ticket of an earlier one
    public record Fleet(List<Long> edgesConnected, List<Long> unsentFacts, long handshakes, long resumed) {
        public Fleet {
            edgesConnected = List.copyOf(edgesConnected);
            unsentFacts = List.copyOf(unsentFacts);
        }
    }

    /// @param at null when it was not reached
    public record Milestone(String name, @Nullable Duration at) {}

    /// @param name as objectives call it
    /// @param value null when it could not be measured
    public record Measured(
            String name, String meaning, @Nullable Double value, String unit) {}

    /// What `hub verify` said of the hub's store after the run: everything derived made anew from the facts.
    ///
    /// @param said line by line: the differences, and a count for each kind of thing examined
    public record Store(boolean isClean, List<String> said) {
        public Store {
            said = List.copyOf(said);
        }
    }

    /// @param measured null when it could not be measured: then it is not met
    public record Objective(
            String name,
            Bound bound,
            double aim,
            String unit,
            @Nullable Double measured) {
        public enum Bound {
            AT_LEAST,
            AT_MOST
        }

        /// Its name among the figures.
        public String figure() {
            return "objective: " + name + (unit.isEmpty() ? "" : ", " + unit);
        }

        public boolean isPassed() {
            return measured != null
                    && switch (bound) {
                        case AT_LEAST -> measured >= aim;
                        case AT_MOST -> measured <= aim;
                    };
        }
    }

    /// What was read back, in checks.
    ///
    /// @param acknowledged checks that were looked for
    /// @param refusedWrongly checks without fault that the hub would not have
    /// @param exactlyOnce of them, found once at the right clinic with the right standing
    /// @param unknownFound never acknowledged, and stored all the same: allowed
    /// @param examples the first that are wrong or unknown
    public record Verification(
            long acknowledged,
            long exactlyOnce,
            long missing,
            long doubled,
            long wrongClinic,
            long wrongStanding,
            long refusedWrongly,
            long unknownFound,
            long unknownNotFound,
            List<Example> examples) {
        public Verification {
            examples = List.copyOf(examples);
        }

        public boolean isGood() {
            return wrong() == 0 && exactlyOnce == acknowledged;
        }

        public long wrong() {
            return missing + doubled + wrongClinic + wrongStanding + refusedWrongly;
        }
    }

    /// @param kind `missing`, `doubled`, `wrong clinic`, `wrong standing`, `wrongly refused`, `unknown found` or
    ///     `unknown not found`
    /// not found`
    /// @param check its id, which names nobody
    public record Example(String kind, String check, String clinic, String expected, String found) {}

    /// The first third of the steady time beside the last: a run that still drifts has no "the" figure.
    public record SteadyState(Third first, Third last) {
        /// How far the last third may be from the first.
        public static final double DRIFT_MAX = 0.10;

        public record Third(double achievedPerSecond, double p50Millis, double p99Millis) {}

        /// By rate and median; the 99th percentile is shown, but too noisy to judge by.
        public boolean isSteady() {
            return near(first.achievedPerSecond(), last.achievedPerSecond())
                    && near(first.p50Millis(), last.p50Millis());
        }

        private static boolean near(double a, double b) {
            return Math.abs(a - b) <= DRIFT_MAX * Math.max(Math.abs(a), Math.abs(b));
        }
    }

    /// @param figures as [RunReport#figures] gives them
    public record Repeat(int number, long seed, boolean isPassed, Map<String, Double> figures) {
        public Repeat {
            figures = sorted(figures);
        }
    }
}
