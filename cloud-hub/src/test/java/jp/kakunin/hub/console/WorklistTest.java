package jp.kakunin.hub.console;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Forecast;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.keys.MonthKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorklistTest {
    private static final InstitutionCode LAST_CLINIC = new InstitutionCode("4710000002");
    private static final LocalDate LAST_MONTH = MONTH.previous().value().atDay(15);

    private final IdSource ids = new IdSource(() -> NOW, new Random(1));

    @Test
    void a_clinics_own_worklist_is_the_network_wide_one_without_the_others(@TempDir Path folder) throws Exception {
        try (Journal journal = RocksJournal.open(
                folder.resolve("store"),
                MonthKeys.open(new KeyFolder(folder.resolve("keys")), new SecureRandom()),
                Durability.SYNC,
                new Random(1))) {
            List<WorkItem> all = new ArrayList<>();
            for (InstitutionCode clinic : List.of(CLINIC, OTHER_CLINIC, LAST_CLINIC)) {
                List<WorkItem> items = IntStream.range(0, 7)
                        .mapToObj(i -> item(
                                clinic,
                                i < 3 ? LAST_MONTH : TODAY,
                                i % 2 == 0 ? VisitKind.INITIAL : VisitKind.REPEAT,
                                "DEFERRED"))
                        .toList();
                Draft draft = new Draft(clinic, journal.head(clinic));
                items.forEach(draft::owe);
                assertThat(journal.commit(draft.commit()).get()).isInstanceOf(CommitResult.Committed.class);
                all.addAll(items);
            }
            var openItems = new OpenItems(journal, Runnable::run);

            assertThat(openItems.page(null, null).get().items()).containsExactlyElementsOf(sorted(all, null));
            for (InstitutionCode clinic : List.of(CLINIC, OTHER_CLINIC, LAST_CLINIC)) {
                List<WorkItem> own = sorted(all, clinic);
                assertThat(openItems.page(clinic, null).get().items()).containsExactlyElementsOf(own);
                for (int i = 0; i < own.size(); i++) {
                    WorkItem after = OpenItems.parse(OpenItems.format(own.get(i)));
                    assertThat(openItems.page(clinic, after).get().items())
                            .containsExactlyElementsOf(own.subList(i + 1, own.size()));
                }
            }
            assertThat(openItems
                            .page(new InstitutionCode("0110113719"), null)
                            .get()
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void an_item_tells_its_three_dates_its_stage_and_its_forecast() {
        WorkItem first = item(CLINIC, TODAY, VisitKind.INITIAL, "DEFERRED");

        assertThat(new Worklist(LocalDate.of(2026, 11, 28), 10).json(first).getMap())
                .containsEntry("due", "2026-11-30")
                .containsEntry("filing", "2026-12-10")
                .containsEntry("closes", "2026-12-31")
                .containsEntry("dueState", "BEFORE_DUE")
                .containsEntry("deadline", "DUE")
                .containsEntry("stage", "THREE_DAYS")
                .containsEntry("forecast", "IN_TIME");
        assertThat(new Worklist(LocalDate.of(2026, 12, 1), 5).json(first).getMap())
                .containsEntry("filing", "2026-12-05")
                .containsEntry("dueState", "OVERDUE")
                .containsEntry("deadline", "FILING")
                .containsEntry("stage", "WEEK")
                .containsEntry("forecast", "WILL_MISS");
    }

    @Test
    void an_attestation_is_to_be_rechecked_and_misses_nothing() {
        WorkItem attested = item(CLINIC, TODAY, VisitKind.REPEAT, "ATTESTED");
        WorkItem contested = item(CLINIC, TODAY, VisitKind.REPEAT, "CONTESTED");
        var late = new Worklist(LocalDate.of(2026, 12, 20), 10);

        assertThat(late.forecast(attested)).isEqualTo(Forecast.SAFE);
        assertThat(late.dueState(attested)).isEqualTo(DueState.NOT_OWED);
        assertThat(late.forecast(contested)).isEqualTo(Forecast.WILL_MISS);
        assertThat(late.dueState(contested)).isEqualTo(DueState.NOT_OWED);
    }

    private WorkItem item(InstitutionCode clinic, LocalDate date, VisitKind kind, String standing) {
        return new WorkItem(clinic, date, ids.visit(), ids.patient(), kind, standing);
    }

    private static List<WorkItem> sorted(List<WorkItem> items, @Nullable InstitutionCode clinic) {
        return items.stream()
                .filter(item -> clinic == null || item.clinic().equals(clinic))
                .sorted()
                .toList();
    }
}
