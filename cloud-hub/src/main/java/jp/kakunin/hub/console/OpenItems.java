package jp.kakunin.hub.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// The worklist, page by page.
final class OpenItems {
    /// An item is found again by clinic, date and visit; the rest of it does not order.
    private static final PatientId NOBODY = PatientId.parse("00000000-0000-0000-0000-000000000000");

    private static final VisitId FIRST_VISIT = VisitId.parse("00000000-0000-0000-0000-000000000000");

    private final Journal journal;
    private final Executor reader;

    OpenItems(Journal journal, Executor reader) {
        this.journal = journal;
        this.reader = reader;
    }

    record Page(List<WorkItem> items, boolean more) {}

    /// @param clinic null for all clinics
    CompletableFuture<Page> page(@Nullable InstitutionCode clinic, @Nullable WorkItem after) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<WorkItem> items = clinic == null
                            ? journal.worklist(after, Worklist.ITEMS_MAX + 1)
                            : ofClinic(clinic, after, Worklist.ITEMS_MAX + 1);
                    boolean more = items.size() > Worklist.ITEMS_MAX;
                    return new Page(more ? items.subList(0, Worklist.ITEMS_MAX) : items, more);
                },
                reader);
    }

    /// Items lie by month, then clinic: where another clinic comes, the next month of this one is looked up.
    private List<WorkItem> ofClinic(InstitutionCode clinic, @Nullable WorkItem after, int itemsMax) {
        List<WorkItem> found = new ArrayList<>();
        @Nullable WorkItem from = after;
        while (found.size() < itemsMax) {
            List<WorkItem> page = journal.worklist(from, itemsMax - found.size());
            List<WorkItem> own = page.stream()
                    .takeWhile(item -> item.clinic().equals(clinic))
                    .toList();
            found.addAll(own);
            if (page.isEmpty()) {
                break;
            }
            if (own.size() == page.size()) {
                from = own.getLast();
                continue;
            }
            WorkItem other = page.get(own.size());
            TreatmentMonth month = other.clinic().compareTo(clinic) < 0
                    ? other.month()
                    : other.month().next();
            from = before(clinic, month);
        }
        return found;
    }

    /// Sorts before every item the clinic has in that month.
    private static WorkItem before(InstitutionCode clinic, TreatmentMonth month) {
        return new WorkItem(clinic, month.value().atDay(1), FIRST_VISIT, NOBODY, VisitKind.INITIAL, "");
    }

    static String format(WorkItem item) {
        return item.clinic() + "." + item.treatmentDate() + "." + item.visit();
    }

    /// @throws IllegalArgumentException if it is not what [#format] wrote
    static @Nullable WorkItem parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<String> parts = List.of(text.split("\\."));
        if (parts.size() != 3) {
            throw new IllegalArgumentException("three parts");
        }
        try {
            return new WorkItem(
                    new InstitutionCode(parts.get(0)),
                    LocalDate.parse(parts.get(1)),
                    VisitId.parse(parts.get(2)),
                    NOBODY,
                    VisitKind.INITIAL,
                    "");
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("the date", e);
        }
    }
}
