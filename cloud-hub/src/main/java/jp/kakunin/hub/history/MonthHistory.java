package jp.kakunin.hub.history;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// The visits of a clinic-month, read page by page in patient order. The pages of one reading may see different
/// moments;
/// each patient is whole.
public final class MonthHistory {
    /// Visits of one page; the last patient of a page is never cut.
    public static final int PAGE_VISITS_MAX = 500;

    private final Journal journal;
    private final InstantSource clock;
    private final Executor reader;

    /// @param reader runs the reads, which block
    public MonthHistory(Journal journal, InstantSource clock, Executor reader) {
        this.journal = journal;
        this.clock = clock;
        this.reader = reader;
    }

    /// What came of asking for a month.
    public sealed interface Result {
        /// @param next the patient after whom to go on, or null when this was the last page
        record Page(List<VisitLine> visits, @Nullable PatientId next) implements Result {
            public Page {
                visits = List.copyOf(visits);
            }
        }

        /// The month is gone by law.
        record Closed() implements Result {}
    }

    /// @param after the patient after whom the page begins, or null for the first page
    public CompletableFuture<Result> page(InstitutionCode clinic, TreatmentMonth month, @Nullable PatientId after) {
        return CompletableFuture.supplyAsync(() -> read(clinic, month, after), reader);
    }

    public CompletableFuture<Result> patient(InstitutionCode clinic, TreatmentMonth month, PatientId patient) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (isClosed(month)) {
                        return new Result.Closed();
                    }
                    Summary summary = journal.summary(new PatientMonth(clinic, month, patient));
                    return new Result.Page(lines(summary), null);
                },
                reader);
    }

    private Result read(InstitutionCode clinic, TreatmentMonth month, @Nullable PatientId after) {
        if (isClosed(month)) {
            return new Result.Closed();
        }
        var page = new Gathering();
        journal.forEachSummary(clinic, month, after, page::take);
        return new Result.Page(page.visits, page.next);
    }

    /// Closed by the clock even if the journal has not come round to dropping it.
    private boolean isClosed(TreatmentMonth month) {
        @Nullable TreatmentMonth closed = journal.closedThrough();
        return month.isClosedAt(clock.instant()) || (closed != null && month.compareTo(closed) <= 0);
    }

    private static List<VisitLine> lines(Summary summary) {
        return summary.visits().stream()
                .map(visit -> new VisitLine(visit, patientName(summary, visit)))
                .toList();
    }

    private static @Nullable String patientName(Summary summary, VisitStanding visit) {
        return PatientNames.of(summary.facts(), visit);
    }

    /// Collects one page while the summaries go by.
    private static final class Gathering {
        private final List<VisitLine> visits = new ArrayList<>();
        private @Nullable PatientId last;
        private @Nullable PatientId next;

        boolean take(PatientId patient, Summary summary) {
            if (visits.size() >= PAGE_VISITS_MAX) {
                next = last;
                return false;
            }
            visits.addAll(lines(summary));
            last = patient;
            return true;
        }
    }
}
