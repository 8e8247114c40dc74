package jp.kakunin.edge.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.outbox.LastHeard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EdgeOutdatedTest {
    private static final Instant NOW = Instant.parse("2026-11-20T01:00:00Z");

    /// What the hub last asked for holds without a line as well.
    @ParameterizedTest
    @CsvSource({"0.1.0, 0.1.0, false", "0.1.0, 0.2.0, true", "0.3.0, 0.2.0, false"})
    void a_program_older_than_the_policy_asks_for_is_outdated(String running, String atLeast, boolean outdated) {
        FactStore store = new MemoryDisk().open();
        store.heard(new LastHeard(new Incarnation(new UUID(1, 2)), NOW, new Policy(Duration.ofMinutes(5), atLeast)));

        try (EdgeCore edge = new EdgeCore(
                List.of(new InstitutionCode("1380000016")),
                store,
                new NoLink(),
                () -> NOW,
                () -> Duration.ofHours(1),
                new Random(1),
                running)) {
            edge.start();
            assertThat(edge.status().outdated()).isEqualTo(outdated);
        }
    }
}
