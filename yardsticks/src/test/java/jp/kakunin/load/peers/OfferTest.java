package jp.kakunin.load.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.junit.jupiter.api.Test;

final class OfferTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final int BATCH = 50;
    private static final int FACTS = 10_000;

    @Test
    void every_peer_is_offered_the_same_bytes() {
        List<Made> first = facts(new Offer.Source(1, NOW), 2).toList();
        List<Made> second = facts(new Offer.Source(1, NOW), 2).toList();

        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).id()).isEqualTo(first.get(i).id());
            assertThat(second.get(i).fact()).isEqualTo(first.get(i).fact());
            assertThat(second.get(i).attachment()).isEqualTo(first.get(i).attachment());
        }
    }

    @Test
    void no_fact_is_offered_in_two_rounds_or_by_two_clients() {
        Offer.Source source = new Offer.Source(1, NOW);
        Set<FactId> known = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            for (Offer offer : source.of(round, 4, BATCH, FACTS)) {
                Set<FactId> ids = new HashSet<>();
                offer.pushes().forEach(push -> push.forEach(made -> ids.add(made.id())));
                int before = known.size();
                known.addAll(ids);
                assertThat(known).hasSize(before + ids.size());
            }
        }
    }

    @Test
    void about_one_in_a_hundred_was_pushed_before_and_facts_weigh_what_facts_weigh() {
        List<Made> facts = facts(new Offer.Source(7, NOW), 1).toList();

        double repeated = 1 - (double) facts.stream().map(Made::id).distinct().count() / facts.size();
        double attached = (double)
                        facts.stream().filter(made -> made.attachment() != null).count()
                / facts.size();
        int[] bytes = facts.stream().mapToInt(made -> made.fact().length).toArray();

        assertThat(facts).hasSize(FACTS);
        assertThat(repeated).isBetween(0.005, 0.015);
        assertThat(attached).isBetween(0.27, 0.33);
        assertThat(Arrays.stream(bytes).average().orElse(0)).isGreaterThan(300);
    }

    @Test
    void a_patient_comes_a_few_times_a_month() {
        long patients = facts(new Offer.Source(7, NOW), 1)
                .map(made -> FactCodec.decode(made.fact()))
                .map(Decoded.Known.class::cast)
                .map(known -> known.fact().envelope().patient())
                .distinct()
                .count();

        assertThat((double) FACTS / patients).isBetween(3.0, 5.0);
    }

    private static Stream<Made> facts(Offer.Source source, int clients) {
        return source.of(3, clients, BATCH, FACTS).stream()
                .flatMap(offer -> offer.pushes().stream())
                .flatMap(List::stream);
    }
}
