package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.MonthView;
import jp.kakunin.outbox.Remarked;

/// Opens the [Book] of a clinic and month from the edge's facts.
final class Books {
    private final EdgeFacts edge;

    Books(EdgeFacts edge) {
        this.edge = edge;
    }

    LocalDate today() {
        return TreatmentMonth.dateAt(edge.now());
    }

    CompletableFuture<Book> current(InstitutionCode clinic) {
        return open(clinic, TreatmentMonth.of(today()));
    }

    CompletableFuture<Book> open(InstitutionCode clinic, TreatmentMonth month) {
        return edge.month(clinic, month.previous())
                .thenCombine(edge.month(clinic, month), Books::union)
                .thenCombine(edge.month(clinic, month.next()), Books::union)
                .thenApply(view -> new Book(
                        clinic, month, view, today(), edge.status().connection() instanceof ConnectionState.Connected));
    }

    private static MonthView union(MonthView one, MonthView other) {
        List<Fact> facts = new ArrayList<>(one.facts());
        facts.addAll(other.facts());
        Set<FactId> unacknowledged = new HashSet<>(one.unacknowledged());
        unacknowledged.addAll(other.unacknowledged());
        Map<FactId, Remarked> remarks = new HashMap<>(one.remarks());
        remarks.putAll(other.remarks());
        return new MonthView(facts, unacknowledged, remarks);
    }
}
