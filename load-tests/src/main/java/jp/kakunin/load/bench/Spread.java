package jp.kakunin.load.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/// The figures of several repeats: never one number alone.
public record Spread(double median, double least, double most) {
    public static Spread of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    public String text(String unit, int decimals) {
        String number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " %s (" + number + " to " + number + ")", median, unit, least, most);
    }

    public JsonObject json() {
        return new JsonObject().put("median", median).put("least", least).put("most", most);
    }
}
