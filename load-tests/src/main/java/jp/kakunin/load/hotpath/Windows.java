package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How many a second there were, second by second, and the spread over windows of ten seconds: a mean alone hides a hub
/// that stands still now and then.
final class Windows {
    static final int WINDOW_SECONDS = 10;

    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();

    /// @param count of all times; asked about once a second
    void note(long nanoTime, long count) {
        nanos.add(nanoTime);
        counts.add(count);
    }

    double seconds() {
        return (nanos.getLast() - nanos.getFirst()) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    long count() {
        return counts.getLast() - counts.getFirst();
    }

    double perSecond() {
        return count() / seconds();
    }

    /// Of each second.
    List<Double> eachSecond() {
        return rates(1);
    }

    /// Of each whole window of ten seconds, sorted; of the whole time when that is shorter.
    List<Double> windows() {
        List<Double> windows = rates(Math.min(WINDOW_SECONDS, nanos.size() - 1));
        return windows.stream().sorted().toList();
    }

    double least() {
        return windows().getFirst();
    }

    double median() {
        List<Double> sorted = windows();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double most() {
        return windows().getLast();
    }

    String text(String unit) {
        return String.format(
                Locale.ROOT,
                "%,.0f %s over %.0f s; windows of %d s: %,.0f to %,.0f, median %,.0f",
                perSecond(),
                unit,
                seconds(),
                WINDOW_SECONDS,
                least(),
                most(),
                median());
    }

    JsonObject json() {
        return new JsonObject()
                .put("perSecond", perSecond())
                .put("seconds", seconds())
                .put("count", count())
                .put("windowSeconds", WINDOW_SECONDS)
                .put("least", least())
                .put("median", median())
                .put("most", most())
                .put(
                        "eachSecond",
                        new JsonArray(eachSecond().stream().map(Math::round).toList()));
    }

    private List<Double> rates(int notes) {
        List<Double> rates = new ArrayList<>();
        for (int from = 0; from + notes < nanos.size(); from += notes) {
            double took = (nanos.get(from + notes) - nanos.get(from)) / (double) TimeUnit.SECONDS.toNanos(1);
            rates.add((counts.get(from + notes) - counts.get(from)) / took);
        }
        return rates;
    }
}
