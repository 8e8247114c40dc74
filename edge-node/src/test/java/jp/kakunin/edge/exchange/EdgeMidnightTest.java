package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OCTOBER;
import static jp.kakunin.edge.store.Facts.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import org.junit.jupiter.api.Test;

/// What an edge left alone over midnight shows. Nothing comes from a hub, and no time passes but the clock's.
final class EdgeMidnightTest {
    private static final Instant LAST_SECOND_OF_NOVEMBER = Instant.parse("2026-11-30T14:59:59Z");
    private static final Fact OF_OCTOBER = Facts.check(1, OCTOBER, VisitKind.INITIAL, false);

    private volatile Instant wall = LAST_SECOND_OF_NOVEMBER;

    /// A page that stays open over night went on showing a month that had closed, until somebody touched it.
    @Test
    void pages_are_drawn_again_at_midnight_in_Japan_without_the_month_that_closed() {
        try (EdgeCore edge = new EdgeCore(
                List.of(CLINIC),
                new MemoryDisk().open(),
                new NoLink(),
                () -> wall,
                () -> Duration.ofHours(1),
                new Random(1),
                "0.1.0")) {
            edge.start();
            edge.record(List.of(later(OF_OCTOBER))).join();
            assertThat(edge.around(CLINIC, NOVEMBER).join().facts()).containsExactly(OF_OCTOBER);
            CompletableFuture<Void> drawn = new CompletableFuture<>();
            edge.onChange(() -> drawn.complete(null));
            // A turn later all that was recorded has been told.
            assertThat(edge.facts(CLINIC, OCTOBER).join()).hasSize(1);
            assertThat(drawn).isNotDone();

            wall = LAST_SECOND_OF_NOVEMBER.plusSeconds(1);

            drawn.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(edge.around(CLINIC, NOVEMBER).join().facts()).isEmpty();
        }
    }
}
