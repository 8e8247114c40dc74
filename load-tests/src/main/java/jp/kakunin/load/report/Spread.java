package jp.kakunin.load.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One figure over the repeats of a run: never one number alone.
record Spread(double median, double least, double most) {
    /// Null when the run was not repeated, or no repeat has that figure.
    static @Nullable Spread of(List<RunReport.Repeat> repeats, String figure) {
        List<Double> sorted = repeats.stream()
                .filter(repeat -> repeat.figures().containsKey(figure))
                .map(repeat -> repeat.figures().get(figure))
                .sorted()
                .toList();
        if (sorted.size() < 2) {
            return null;
        }
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    boolean meets(Spread other) {
        return least <= other.most && other.least <= most;
    }

    String text() {
        return Numbers.figure(least) + " to " + Numbers.figure(most);
    }
}
