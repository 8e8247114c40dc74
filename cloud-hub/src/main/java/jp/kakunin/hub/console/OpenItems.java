package jp.kakunin.hub.console;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitId;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// The worklist, page by page.
final class OpenItems {
    /// An item is found again by clinic, date and visit; the rest of it does not order.
    private static final PatientId NOBODY = PatientId.parse("00000000-0000-0000-0000-000000000000");

    private final Journal journal;
    private final Executor reader;

    OpenItems(Journal journal, Executor reader) {
        this.journal = journal;
        this.reader = reader;
    }

    record Page(List<WorkItem> items, boolean more) {}

    CompletableFuture<Page> page(@Nullable WorkItem after) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<WorkItem> items = journal.worklist(after, Worklist.ITEMS_MAX + 1);
                    boolean more = items.size() > Worklist.ITEMS_MAX;
                    return new Page(more ? items.subList(0, Worklist.ITEMS_MAX) : items, more);
                },
                reader);
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
                    "");
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("the date", e);
        }
    }
}
