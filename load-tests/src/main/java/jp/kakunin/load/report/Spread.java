package jp.kakunin.load.report;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One figure over the repeats of a measurement: never one number alone.
public record Spread(double median, double least, double most) {
    public static Spread of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /// Null when the run was not repeated, or no two repeats have that figure.
    public static @Nullable Spread of(List<RunReport.Repeat> repeats, String figure) {
        List<Double> figures = repeats.stream()
                .filter(repeat -> repeat.figures().containsKey(figure))
                .map(repeat -> repeat.figures().get(figure))
                .toList();
        return figures.size() < 2 ? null : of(figures);
    }

    boolean meets(Spread other) {
        return least <= other.most && other.least <= most;
    }

    String text() {
        return Numbers.figure(least) + " to " + Numbers.figure(most);
    }

    public String text(String unit, int decimals) {
        String number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " %s (" + number + " to " + number + ")", median, unit, least, most);
    }

    public JsonObject json() {
        return new JsonObject().put("median", median).put("least", least).put("most", most);
    }
}
