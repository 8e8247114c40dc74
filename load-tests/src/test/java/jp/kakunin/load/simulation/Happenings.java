package jp.kakunin.load.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How often each thing happened.
final class Happenings {
    private final Map<Happening, Long> counts = new EnumMap<>(Happening.class);

    void count(Happening happening) {
        count(happening, 1);
    }

    void count(Happening happening, long times) {
        if (times > 0) {
            counts.merge(happening, times, Long::sum);
        }
    }

    void add(Happenings others) {
        others.counts.forEach(this::count);
    }

    long of(Happening happening) {
        return counts.getOrDefault(happening, 0L);
    }

    List<Happening> neverSeen() {
        return Stream.of(Happening.values())
                .filter(happening -> of(happening) == 0)
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Happening happening : Happening.values()) {
            text.append(happening).append('=').append(of(happening)).append(' ');
        }
        return text.toString().strip();
    }
}
