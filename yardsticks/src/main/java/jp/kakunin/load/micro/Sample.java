package jp.kakunin.load.micro;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.load.replay.CardPapers;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.LoadHub;

/// Facts as clinics record them, the same in each run.
final class Sample {
    /// Enough that none stays in the processor's smallest cache.
    static final int FACTS = 1_024;

    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final long SEED = 1;

    private Sample() {}

    static List<Fact> facts() {
        return encoded(FACTS).stream().map(Sample::decoded).toList();
    }

    static List<byte[]> encoded(int count) {
        var random = new SplittableRandom(SEED);
        ClinicDay day = new ClinicDay(
                LoadHub.clinic(0),
                InstantSource.fixed(NOW),
                random.split(),
                random.split(),
                CardPapers.blank(random.split()));
        List<byte[]> encoded = new ArrayList<>(count);
        day.parcel(count, false).facts().forEach(made -> encoded.add(made.fact()));
        return encoded;
    }

    /// Patient-months of exactly that many visits.
    static List<List<Fact>> months(int visits) {
        Map<PatientId, List<Fact>> months = new HashMap<>();
        for (byte[] each : encoded(FACTS * visits)) {
            Fact fact = decoded(each);
            months.computeIfAbsent(fact.envelope().patient(), _ -> new ArrayList<>())
                    .add(fact);
        }
        return months.values().stream()
                .filter(month -> month.size() >= visits)
                .map(month -> List.copyOf(month.subList(0, visits)))
                .toList();
    }

    private static Fact decoded(byte[] bytes) {
        if (FactCodec.decode(bytes) instanceof Decoded.Known(Fact fact)) {
            return fact;
        }
        throw new IllegalStateException("a fact that was just made is not known");
    }
}
