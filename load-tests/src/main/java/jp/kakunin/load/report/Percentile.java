package jp.kakunin.load.report;

import java.util.List;

/// Where a latency is looked at: evenly by nines, since the last few are those whom somebody remembers.
record Percentile(String name, double value) {
    static final List<Percentile> TABLE = List.of(
            new Percentile("p50", 50),
            new Percentile("p90", 90),
            new Percentile("p99", 99),
            new Percentile("p99.9", 99.9),
            new Percentile("p99.99", 99.99));
}
