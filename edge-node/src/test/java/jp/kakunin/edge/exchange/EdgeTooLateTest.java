package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOON;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.TooLate;
import org.junit.jupiter.api.Test;

/// What came too late is told until the staff of the site have seen it, and told by number.
final class EdgeTooLateTest {
    private final FactStore store = new MemoryDisk().open();

    /// The page said three. When the staff pressed the button it was five, in two clinics that share the page.
    @Test
    void who_has_seen_three_of_five_is_told_of_two_more() {
        late(CLINIC, 1, 2);
        late(OTHER_CLINIC, 3, 5);
        try (EdgeCore edge = new EdgeCore(
                List.of(CLINIC, OTHER_CLINIC),
                store,
                new NoLink(),
                () -> NOON,
                () -> Duration.ofHours(1),
                new Random(1),
                "0.1.0")) {
            assertThat(edge.status().tooLate()).isEqualTo(new TooLate(Map.of(NOVEMBER, 5)));
            CompletableFuture<Void> told = new CompletableFuture<>();
            edge.onChange(() -> told.complete(null));
            edge.start();

            edge.tooLateSeen(new TooLate(Map.of(NOVEMBER, 3)));

            told.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(edge.status().tooLate()).isEqualTo(new TooLate(Map.of(NOVEMBER, 2)));
        }
    }

    /// A wrong clock filed it years ahead, where no page looks; a month that is closed tells nothing any more.
    @Test
    void what_was_set_aside_is_told_whatever_month_it_lies_under() {
        Fact ahead = remarked(1, TreatmentMonth.of(2029, 11));
        Fact here = remarked(2, NOVEMBER);
        Fact gone = remarked(3, TreatmentMonth.of(2026, 8));
        try (EdgeCore edge = new EdgeCore(
                List.of(CLINIC), store, new NoLink(), () -> NOON, () -> Duration.ofHours(1), new Random(1), "0.1.0")) {
            edge.start();
            MonthView view = edge.around(CLINIC, NOVEMBER)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();

            assertThat(view.facts()).containsExactly(here);
            assertThat(view.elsewhere()).containsExactly(ahead);
            assertThat(view.remarks()).containsOnlyKeys(ahead.id(), here.id()).doesNotContainKey(gone.id());
        }
    }

    private Fact remarked(int n, TreatmentMonth month) {
        Fact fact = Facts.check(n, month, VisitKind.INITIAL, false);
        store.record(List.of(later(fact)));
        store.setAside(CLINIC, month, fact.id(), new Remarked(Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE));
        return fact;
    }

    private void late(InstitutionCode clinic, int first, int last) {
        Outbox outbox = Outbox.begin(new Epoch(new UUID(1, first)));
        store.number(clinic, outbox);
        for (int n = first; n <= last; n++) {
            Fact fact = Facts.check(Facts.envelope(n, clinic, NOVEMBER, false), n, VisitKind.INITIAL, false);
            store.record(List.of(later(fact)));
            outbox = outbox.number(fact.id(), NOVEMBER, store.encoded(clinic, NOVEMBER, fact.id()));
        }
        store.number(clinic, outbox);
        Map<Numbered, Remarked> remarks = new HashMap<>();
        outbox.numbered().forEach(each -> remarks.put(each, new Remarked(Outcome.TOO_LATE, null)));
        store.acknowledge(clinic, outbox.acknowledge(outbox.tip()), remarks);
    }
}
