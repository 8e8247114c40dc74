package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import org.jspecify.annotations.Nullable;

/// Opens the [Book] of a clinic and month from the edge's facts. The one opened last is kept open until something in it
/// changes.
final class Books {
    private final EdgeFacts edge;
    private final int filingDay;
    private volatile @Nullable Book lastOpened;

    Books(EdgeFacts edge, int filingDay) {
        this.edge = edge;
        this.filingDay = filingDay;
    }

    LocalDate today() {
        return TreatmentMonth.dateAt(edge.now());
    }

    CompletableFuture<Book> current(InstitutionCode clinic) {
        return open(clinic, TreatmentMonth.of(today()));
    }

    CompletableFuture<Book> open(InstitutionCode clinic, TreatmentMonth month) {
        return edge.around(clinic, month).thenApply(view -> {
            LocalDate today = today();
            boolean connected = edge.status().connection() instanceof ConnectionState.Connected;
            Book last = lastOpened;
            if (last != null && last.isOf(clinic, month, view, today, connected)) {
                return last;
            }
            Book book = new Book(clinic, month, view, today, filingDay, connected, last);
            lastOpened = book;
            return book;
        });
    }
}
