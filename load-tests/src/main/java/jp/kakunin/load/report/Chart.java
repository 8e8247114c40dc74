package jp.kakunin.load.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A picture of some series over one axis, as the page's script draws it, with the table that says the same.
///
/// @param kind what the axis is
/// @param logarithmic upwards; then values are above 0
/// @param bands, marks only of charts over time, in seconds
record Chart(
        String id,
        String title,
        Kind kind,
        String unit,
        boolean logarithmic,
        List<Double> x,
        List<Line> lines,
        List<Band> bands,
        List<Mark> marks) {
    private static final int TABLE_ROWS_MAX = 25;

    enum Kind {
        /// Seconds since the run began.
        TIME,
        /// How many times rarer: 1 / (1 - share), so that each nine is as wide as the one before.
        NINES
    }

    record Line(String label, List<@Nullable Double> values) {}

    record Band(double from, double to, String label) {}

    record Mark(double at, String label) {}

    public String json() {
        return ReportJson.encodeForPage(this);
    }

    public List<String> heads() {
        return Stream.concat(
                        Stream.of(kind == Kind.TIME ? "second" : "percentile"),
                        lines.stream().map(line -> line.label() + ", " + unit))
                .toList();
    }

    /// Evenly thinned out.
    public List<List<String>> rows() {
        int step = Math.ceilDiv(x.size(), TABLE_ROWS_MAX);
        return IntStream.range(0, x.size())
                .filter(i -> i % Math.max(1, step) == 0)
                .mapToObj(this::row)
                .toList();
    }

    private List<String> row(int i) {
        String at = kind == Kind.TIME ? Numbers.figure(x.get(i)) : percentile(x.get(i));
        return Stream.concat(Stream.of(at), lines.stream().map(line -> {
                    @Nullable Double value = line.values().get(i);
                    return value == null ? "–" : Numbers.figure(value);
                }))
                .toList();
    }

    private static String percentile(double rarer) {
        return BigDecimal.valueOf(100 * (1 - 1 / rarer))
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
