package jp.kakunin.edge.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.outbox.Remarked;

/// The views that were last asked for. Between two changes one tap and its open pages ask for the same one many times.
final class MonthViews {
    static final int VIEWS_MAX = 4;

    private record Asked(InstitutionCode clinic, List<TreatmentMonth> months) {}

    private final FactStore store;
    private final SequencedMap<Asked, MonthView> views = new LinkedHashMap<>();

    MonthViews(FactStore store) {
        this.store = store;
    }

    /// @param isHidden tells which months nothing may be shown of
    MonthView of(InstitutionCode clinic, List<TreatmentMonth> months, Predicate<TreatmentMonth> isHidden) {
        Asked asked = new Asked(clinic, months);
        MonthView view = views.get(asked);
        if (view == null) {
            view = look(clinic, months, isHidden);
            if (views.size() == VIEWS_MAX) {
                views.pollFirstEntry();
            }
            views.put(asked, view);
        }
        return view;
    }

    /// Facts, acknowledgements or remarks changed.
    void forget() {
        views.clear();
    }

    private MonthView look(InstitutionCode clinic, List<TreatmentMonth> months, Predicate<TreatmentMonth> isHidden) {
        List<Fact> facts = new ArrayList<>();
        Map<FactId, Remarked> remarks = new HashMap<>();
        for (TreatmentMonth month : months) {
            facts.addAll(store.facts(clinic, month));
        }
        // A wrong clock may have filed one under any month.
        List<Fact> elsewhere = new ArrayList<>();
        for (TreatmentMonth month : store.months()) {
            Map<FactId, Remarked> found = isHidden.test(month) ? Map.of() : store.remarks(clinic, month);
            remarks.putAll(found);
            if (!found.isEmpty() && !months.contains(month)) {
                store.facts(clinic, month).stream()
                        .filter(fact -> found.containsKey(fact.id()))
                        .forEach(elsewhere::add);
            }
        }
        return new MonthView(facts, store.unacknowledged(clinic), remarks, elsewhere);
    }
}
