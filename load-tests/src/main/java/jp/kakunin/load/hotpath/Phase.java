package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// What happened in a stretch of time.
///
/// @param micros how long each request took
record Phase(Windows windows, Histogram micros, long hubCpuNanos, long ownCpuNanos) {
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    double hubMicros() {
        return hubCpuNanos / 1e3 / windows.count();
    }

    double ownMicros() {
        return ownCpuNanos / 1e3 / windows.count();
    }

    /// Of one processor.
    double hubShare() {
        return hubCpuNanos / 1e9 / windows.seconds();
    }

    double ownShare() {
        return ownCpuNanos / 1e9 / windows.seconds();
    }

    String latencies() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, most %.0f ms (%,d)",
                millis(50),
                millis(90),
                millis(99),
                millis(99.9),
                micros.getMaxValue() / 1e3,
                micros.getTotalCount());
    }

    String cpu(String unit) {
        return String.format(
                Locale.ROOT,
                "hub %.1f µs of processor a %s (%.2f processors), generator %.1f µs (%.2f)",
                hubMicros(),
                unit,
                hubShare(),
                ownMicros(),
                ownShare());
    }

    JsonObject json() {
        return new JsonObject()
                .put("rate", windows.json())
                .put("p50Millis", millis(50))
                .put("p90Millis", millis(90))
                .put("p99Millis", millis(99))
                .put("p999Millis", millis(99.9))
                .put("requests", micros.getTotalCount())
                .put("hubMicros", hubMicros())
                .put("generatorMicros", ownMicros())
                .put("hubProcessors", hubShare())
                .put("generatorProcessors", ownShare());
    }
}
