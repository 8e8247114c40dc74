package jp.kakunin.load.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Two runs side by side. `B` is worse where an objective that `A` met is missed, or where its verification fails; a
/// ratio alone condemns nothing, since without repeats nobody knows how far figures vary.
///
/// @param warnings why the two may not be comparable
/// @param worse what was good in A and is not in B
record Comparison(RunReport a, RunReport b, List<String> warnings, List<Row> rows, List<String> worse) {
    /// Above it, two disks are not the same disk.
    private static final double FSYNC_RATIO_MAX = 1.5;

    /// @param b null when only A has the figure, and the other way round
    record Row(String name, @Nullable Double a, @Nullable Double b, String verdict) {
        String ratio() {
            return a == null || b == null || a == 0 ? "–" : "×" + Numbers.figure(b / a);
        }
    }

    static Comparison of(RunReport a, RunReport b) {
        return new Comparison(a, b, warnings(a, b), rows(a, b), worse(a, b));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        describe(text, "A", a);
        describe(text, "B", b);
        warnings.forEach(each -> text.append("warning: ").append(each).append('\n'));
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        text.append(
                String.format(Locale.ROOT, "%n%-" + width + "s %14s %14s %9s  %s%n", "figure", "A", "B", "B/A", ""));
        for (Row row : rows) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-" + width + "s %14s %14s %9s  %s",
                            row.name(),
                            number(row.a()),
                            number(row.b()),
                            row.ratio(),
                            row.verdict())
                    .stripTrailing());
            text.append('\n');
        }
        text.append('\n');
        worse.forEach(each -> text.append("worse: ").append(each).append('\n'));
        return text.append(worse.isEmpty() ? "Nothing that A met is missed by B.\n" : "")
                .toString();
    }

    private static void describe(StringBuilder text, String which, RunReport report) {
        text.append(which)
                .append(": ")
                .append(report.scenario().name())
                .append(", ")
                .append(new Tables(report).begun())
                .append(", revision ")
                .append(report.versions().revision())
                .append(report.isPassed() ? ", passed" : ", failed: " + String.join("; ", report.problems()))
                .append('\n');
    }

    private static String number(@Nullable Double figure) {
        return figure == null ? "–" : Numbers.figure(figure);
    }

    private static List<String> warnings(RunReport a, RunReport b) {
        List<String> warnings = new ArrayList<>();
        differ(warnings, "scenario", a.scenario().name(), b.scenario().name());
        differ(warnings, "scale", a.scenario().scale(), b.scenario().scale());
        differ(warnings, "speed", a.scenario().speed(), b.scenario().speed());
        differ(warnings, "number of edges", a.scenario().edges(), b.scenario().edges());
        differ(warnings, "processor", a.machine().processor(), b.machine().processor());
        differ(
                warnings,
                "number of processors",
                a.machine().processors(),
                b.machine().processors());
        differ(
                warnings,
                "memory in MiB",
                a.machine().memoryMebibytes(),
                b.machine().memoryMebibytes());
        differ(warnings, "kernel", a.machine().kernel(), b.machine().kernel());
        differ(warnings, "Java", a.machine().java(), b.machine().java());
        differ(warnings, "Java flags", a.machine().flags(), b.machine().flags());
        differ(warnings, "disk", a.machine().disk(), b.machine().disk());
        double least = Math.min(a.machine().fsyncMicros(), b.machine().fsyncMicros());
        double most = Math.max(a.machine().fsyncMicros(), b.machine().fsyncMicros());
        if (most > least * FSYNC_RATIO_MAX) {
            warnings.add("the cost of an fsync differs: " + a.machine().fsyncMicros() + " µs in A, "
                    + b.machine().fsyncMicros() + " µs in B");
        }
        busy(warnings, "A", a);
        busy(warnings, "B", b);
        if (a.repeats().size() < 2 || b.repeats().size() < 2) {
            warnings.add("not both were repeated, so differences may be chance");
        }
        return warnings;
    }

    private static void differ(List<String> warnings, String what, Object a, Object b) {
        if (!Objects.equals(a, b)) {
            warnings.add("the " + what + " differs: " + a + " in A, " + b + " in B");
        }
    }

    private static void busy(List<String> warnings, String which, RunReport report) {
        if (report.machine().load1() > report.machine().processors()) {
            warnings.add("the machine of " + which + " was busy with other things: run queue "
                    + Numbers.figure(report.machine().load1()) + " when it began");
        }
        if (report.steadyState() != null && !report.steadyState().isSteady()) {
            warnings.add(which + " was not steady");
        }
    }

    private static List<Row> rows(RunReport a, RunReport b) {
        Map<String, Figure> inA = byName(a);
        Map<String, Figure> inB = byName(b);
        Map<String, Figure> all = new LinkedHashMap<>(inA);
        inB.forEach(all::putIfAbsent);
        List<Row> rows = new ArrayList<>();
        all.forEach((name, figure) -> {
            @Nullable Figure one = inA.get(name);
            @Nullable Figure other = inB.get(name);
            String verdict = one == null || other == null
                    ? "only in " + (one == null ? "B" : "A")
                    : verdict(one, other, Spread.of(a.repeats(), name), Spread.of(b.repeats(), name));
            rows.add(new Row(name, one == null ? null : one.value(), other == null ? null : other.value(), verdict));
        });
        return rows;
    }

    private static String verdict(Figure a, Figure b, @Nullable Spread inA, @Nullable Spread inB) {
        if (a.value() == b.value()) {
            return "";
        }
        boolean better = a.better() == Figure.Better.HIGHER ? b.value() > a.value() : b.value() < a.value();
        String direction = better ? "better" : "worse";
        if (inA == null || inB == null) {
            return direction;
        }
        return (inA.meets(inB) ? "within the spread" : direction) + " (A " + inA.text() + ", B " + inB.text() + ")";
    }

    private static Map<String, Figure> byName(RunReport report) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        Figure.of(report).forEach(figure -> figures.put(figure.name(), figure));
        return figures;
    }

    private static List<String> worse(RunReport a, RunReport b) {
        List<String> worse = new ArrayList<>();
        if (isVerified(a) && !isVerified(b)) {
            worse.add("the verification is good in A and not in B");
        }
        for (RunReport.Objective objective : a.objectives()) {
            if (objective.isPassed() && b.objectives().stream().noneMatch(each -> isMet(each, objective.name()))) {
                worse.add("the objective \"" + objective.name() + "\" is met in A and not in B");
            }
        }
        return worse;
    }

    private static boolean isVerified(RunReport report) {
        return report.verification() != null && report.verification().isGood();
    }

    private static boolean isMet(RunReport.Objective objective, String name) {
        return objective.name().equals(name) && objective.isPassed();
    }
}
